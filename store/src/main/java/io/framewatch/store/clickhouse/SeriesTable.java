package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
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

    private record Identity(Tenant tenant, MetricRecord.SeriesRow row) {}

    /// @param month counted from year 0: what the table is partitioned by
    private record Day(Tenant tenant, MetricRecord.DayRow row, long month) {

        static Day of(Tenant tenant, MetricRecord.DayRow row) {
            LocalDate date = LocalDate.ofEpochDay(row.day());
            return new Day(tenant, row, date.getYear() * 12L + date.getMonthValue());
        }
    }

    static void addTo(Inserts inserts) {
        List<Identity> identities = new ArrayList<>();
        List<Day> days = new ArrayList<>();
        for (MetricRecord record : inserts.records()) {
            record.series().forEach(row -> identities.add(new Identity(record.tenant(), row)));
            record.days().forEach(row -> days.add(Day.of(record.tenant(), row)));
        }
        identities.sort(
                Comparator.comparing(Identity::tenant)
                        .thenComparing((a, b) -> Long.compareUnsigned(a.row.id(), b.row.id())));
        days.sort(
                Comparator.comparingLong(Day::month)
                        .thenComparing(Day::tenant)
                        .thenComparingInt(day -> day.row.day())
                        .thenComparing((a, b) -> Long.compareUnsigned(a.row.id(), b.row.id())));
        inserts.add(
                Schema.SERIES,
                identities.size(),
                _ -> 0,
                (from, to) -> identityColumns(identities.subList(from, to)));
        inserts.add(
                Schema.SERIES_DAYS,
                days.size(),
                i -> days.get(i).month(),
                (from, to) -> dayColumns(days.subList(from, to)));
    }

    private static List<NativeColumn> identityColumns(List<Identity> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64");
        NativeColumn.Fixed salt = new NativeColumn.Fixed("salt", "UInt8");
        NativeColumn.Map labels = new NativeColumn.Map("labels");
        for (Identity row : rows) {
            tenant.add(row.tenant().id());
            id.add(row.row().id());
            salt.addByte(row.row().salt());
            labels.add(row.row().labels());
        }
        return List.of(tenant, id, salt, labels);
    }

    private static List<NativeColumn> dayColumns(List<Day> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed day = new NativeColumn.Fixed("day", "Date");
        NativeColumn.Fixed id = new NativeColumn.Fixed("id", "UInt64");
        for (Day row : rows) {
            tenant.add(row.tenant().id());
            day.addShort(row.row().day());
            id.add(row.row().id());
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
