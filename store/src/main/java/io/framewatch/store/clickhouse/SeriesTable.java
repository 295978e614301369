package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import io.framewatch.store.record.SeriesRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which series there are (`series`) and on which days each was seen (`series_days`).
public final class SeriesTable {

    static final String LABELS = "CAST(labels AS Map(String, String))";

    private SeriesTable() {}

    /// What rows of `series_days` have in common.
    ///
    /// @param month counted from year 0: what the table is partitioned by
    /// @param day days since 1970-01-01
    private record DayOf(long month, Tenant tenant, int day) {

        static final Comparator<DayOf> ORDER =
                Comparator.comparingLong(DayOf::month)
                        .thenComparing(DayOf::tenant)
                        .thenComparingInt(DayOf::day);

        static DayOf of(Tenant tenant, int day) {
            LocalDate date = LocalDate.ofEpochDay(day);
            return new DayOf(date.getYear() * 12L + date.getMonthValue(), tenant, day);
        }
    }

    static void addTo(Inserts inserts) {
        List<MetricRecord> records = inserts.records();
        FlushMemory memory = inserts.memory();
        RowOrder<Tenant> series = series(records, memory);
        RowOrder<DayOf> days = days(records, memory);
        inserts.add(
                Schema.SERIES,
                series.size(),
                _ -> 0,
                (from, to) -> identityColumns(records, series, from, to, memory));
        inserts.add(
                Schema.SERIES_DAYS,
                days.size(),
                place -> days.groupAt(place).month(),
                (from, to) -> dayColumns(days, from, to, memory));
    }

    private static RowOrder<Tenant> series(List<MetricRecord> records, FlushMemory memory) {
        int total = records.stream().mapToInt(record -> record.series().size()).sum();
        RowOrder<Tenant> order = new RowOrder<>(total, memory);
        for (int part = 0; part < records.size(); part++) {
            SeriesRows rows = records.get(part).series();
            int group = rows.isEmpty() ? 0 : order.group(records.get(part).tenant());
            for (int row = 0; row < rows.size(); row++) {
                order.add(group, rows.id(row), part, row);
            }
        }
        order.sort(Comparator.naturalOrder());
        return order;
    }

    private static RowOrder<DayOf> days(List<MetricRecord> records, FlushMemory memory) {
        int total = records.stream().mapToInt(record -> record.days().size()).sum();
        RowOrder<DayOf> order = new RowOrder<>(total, memory);
        for (MetricRecord record : records) {
            int day = 0;
            int group = -1;
            for (MetricRecord.DayRow row : record.days()) {
                if (group < 0 || row.day() != day) {
                    day = row.day();
                    group = order.group(DayOf.of(record.tenant(), day));
                }
                order.add(group, row.id(), 0, 0);
            }
        }
        order.sort(DayOf.ORDER);
        return order;
    }

    private static List<NativeColumn> identityColumns(
            List<MetricRecord> records,
            RowOrder<Tenant> order,
            int from,
            int to,
            FlushMemory memory) {
        int many = to - from;
        NativeColumn.Text tenant = new NativeColumn.Text("tenant", memory);
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64", many * Long.BYTES, memory);
        NativeColumn.Fixed salt = new NativeColumn.Fixed("salt", "UInt8", many, memory);
        NativeColumn.Map labels = new NativeColumn.Map("labels", memory);
        for (int place = from; place < to; place++) {
            SeriesRows rows = records.get(order.part(place)).series();
            int row = order.row(place);
            tenant.add(order.groupAt(place).id());
            id.add(order.id(place));
            salt.addByte(rows.salt(row));
            labels.add(rows, row);
        }
        return List.of(tenant, id, salt, labels);
    }

    private static List<NativeColumn> dayColumns(
            RowOrder<DayOf> order, int from, int to, FlushMemory memory) {
        int many = to - from;
        NativeColumn.Text tenant = new NativeColumn.Text("tenant", memory);
        NativeColumn.Fixed day = new NativeColumn.Fixed("day", "Date", many * Short.BYTES, memory);
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64", many * Long.BYTES, memory);
        for (int place = from; place < to; place++) {
            tenant.add(order.groupAt(place).tenant().id());
            day.addShort(order.groupAt(place).day());
            id.add(order.id(place));
        }
        return List.of(tenant, day, id);
    }

    /// Adds the conditions of `filter`.
    static void conditions(Sql sql, SeriesFilter filter) {
        sql.add("tenant = ").text(filter.tenant().id());
        filter.addIdRanges(sql);
        for (Matcher matcher : filter.matchers()) {
            sql.add(" AND ");
            condition(sql, matcher);
        }
        sql.add(" AND id IN (SELECT id FROM ").add(Schema.SERIES_DAYS);
        sql.add(" WHERE tenant = ").text(filter.tenant().id()).add(" AND ");
        Times.days(sql, filter.range());
        filter.addIdRanges(sql);
        sql.add(")");
    }

    /// A missing key of the map reads as the empty text, which is what a missing label counts as.
    static void condition(Sql sql, Matcher matcher) {
        switch (matcher.op()) {
            case EQUAL -> sql.add("labels[").text(matcher.name()).add("] = ").text(matcher.value());
            case NOT_EQUAL ->
                    sql.add("labels[").text(matcher.name()).add("] != ").text(matcher.value());
            case REGEX -> regex(sql, matcher);
            case NOT_REGEX -> {
                sql.add("NOT ");
                regex(sql, matcher);
            }
        }
    }

    private static void regex(Sql sql, Matcher matcher) {
        sql.add("match(labels[").text(matcher.name()).add("], ");
        sql.text("^(?s:" + matcher.value() + ")$").add(")");
    }

    /// The series that `filter` wants, at most `seriesMax + 1` of them; none is told to have
    /// histograms.
    public static FoundSeries find(ClickHouse clickHouse, SeriesFilter filter, long seriesMax) {
        return find(clickHouse, filter, seriesMax, false);
    }

    /// As [#find], and tells which of them have native histograms in the range.
    public static FoundSeries findToRead(
            ClickHouse clickHouse, SeriesFilter filter, long seriesMax) {
        return find(clickHouse, filter, seriesMax, true);
    }

    private static FoundSeries find(
            ClickHouse clickHouse, SeriesFilter filter, long seriesMax, boolean histograms) {
        FoundSeries few = FewSeries.find(clickHouse, filter, histograms);
        if (few != null) {
            return few;
        }
        Sql sql = new Sql("SELECT id, " + LABELS);
        if (histograms) {
            sql.add(", id IN (SELECT id FROM ").add(Schema.HISTOGRAMS).add(" WHERE tenant = ");
            sql.text(filter.tenant().id());
            filter.addIdRanges(sql);
            Times.between(sql, filter.range());
            sql.add(")");
        }
        sql.add(" FROM ").add(Schema.SERIES).add(" WHERE ");
        conditions(sql, filter);
        sql.add(" LIMIT 1 BY id LIMIT ").unsigned(seriesMax + 1);
        FoundSeries found = new FoundSeries();
        try (Result result = clickHouse.query(sql, filter.patience())) {
            for (Block block = result.next(); block != null; block = result.next()) {
                long[] ids = block.longs(0);
                Labels[] labels = block.labels(1);
                long[] flags = histograms ? block.longs(2) : new long[block.rows()];
                for (int i = 0; i < block.rows(); i++) {
                    found.add(ids[i], labels[i], flags[i] != 0);
                }
            }
        }
        return found;
    }

    /// The values of label `name` among the series that `filter` wants, each once, in no order, at
    /// most `valuesMax + 1`.
    public static List<String> labelValues(
            ClickHouse clickHouse, SeriesFilter filter, String name, long valuesMax) {
        FoundSeries few = FewSeries.find(clickHouse, filter, false);
        if (few != null) {
            return texts(few, labels -> Stream.of(labels.get(name)), valuesMax);
        }
        Sql sql = new Sql("SELECT DISTINCT labels[").text(name).add("] AS value FROM ");
        sql.add(Schema.SERIES).add(" WHERE ");
        conditions(sql, filter);
        sql.add(" AND value != ''");
        return texts(clickHouse, sql, filter, valuesMax);
    }

    /// The label names of the series that `filter` wants, each once, in no order, at most `namesMax
    /// + 1`.
    public static List<String> labelNames(
            ClickHouse clickHouse, SeriesFilter filter, long namesMax) {
        FoundSeries few = FewSeries.find(clickHouse, filter, false);
        if (few != null) {
            return texts(few, SeriesTable::names, namesMax);
        }
        Sql sql = new Sql("SELECT DISTINCT CAST(arrayJoin(mapKeys(labels)) AS String) FROM ");
        sql.add(Schema.SERIES).add(" WHERE ");
        conditions(sql, filter);
        return texts(clickHouse, sql, filter, namesMax);
    }

    private static Stream<String> names(Labels labels) {
        return IntStream.range(0, labels.size()).mapToObj(labels::nameAt);
    }

    private static List<String> texts(
            FoundSeries found, Function<Labels, Stream<String>> of, long textsMax) {
        return IntStream.range(0, found.size())
                .mapToObj(found::labels)
                .flatMap(of)
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(textsMax + 1)
                .toList();
    }

    private static List<String> texts(
            ClickHouse clickHouse, Sql sql, SeriesFilter filter, long textsMax) {
        sql.add(" LIMIT ").unsigned(textsMax + 1);
        List<String> texts = new ArrayList<>();
        try (Result result = clickHouse.query(sql, filter.patience())) {
            for (Block block = result.next(); block != null; block = result.next()) {
                texts.addAll(List.of(block.texts(0)));
            }
        }
        return texts;
    }

    /// Tenants that have series.
    public static Set<Tenant> tenants(ClickHouse clickHouse) {
        Set<Tenant> tenants = new TreeSet<>();
        Sql sql = new Sql("SELECT DISTINCT CAST(tenant AS String) FROM " + Schema.SERIES);
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (String tenant : block.texts(0)) {
                    tenants.add(new Tenant(tenant));
                }
            }
        }
        return tenants;
    }
}
