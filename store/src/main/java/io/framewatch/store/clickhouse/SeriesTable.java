package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which series there are (`series`) and on which days each was seen (`series_days`).
public final class SeriesTable {

    static final String LABELS = "CAST(labels AS Map(String, String))";

    private SeriesTable() {}

    /// What the rows of one part of a table have in common, in the order of the table.
    ///
    /// @param month counted from year 0: what `series_days` is partitioned by; 0 in `series`
    /// @param day days since 1970-01-01; 0 in `series`
    private record Group(long month, Tenant tenant, int day) implements Comparable<Group> {

        static Group of(Tenant tenant, int day) {
            LocalDate date = LocalDate.ofEpochDay(day);
            return new Group(date.getYear() * 12L + date.getMonthValue(), tenant, day);
        }

        @Override
        public int compareTo(Group other) {
            int order = Long.compare(month, other.month);
            order = order != 0 ? order : tenant.compareTo(other.tenant);
            return order != 0 ? order : Integer.compare(day, other.day);
        }
    }

    /// A row and the group that it is of.
    private record Member<R>(Group group, R row) {}

    static void addTo(Inserts inserts) {
        SortedMap<Group, List<MetricRecord.SeriesRow>> identities = new TreeMap<>();
        SortedMap<Group, List<MetricRecord.DayRow>> days = new TreeMap<>();
        for (MetricRecord record : inserts.records()) {
            if (!record.series().isEmpty()) {
                Group all = new Group(0, record.tenant(), 0);
                identities
                        .computeIfAbsent(all, _ -> new ArrayList<>())
                        .addAll(record.series());
            }
            addDays(record, days);
        }
        FlushMemory memory = inserts.memory();
        List<Member<MetricRecord.SeriesRow>> series =
                ordered(identities, MetricRecord.SeriesRow::id, memory);
        List<Member<MetricRecord.DayRow>> seen = ordered(days, MetricRecord.DayRow::id, memory);
        inserts.add(
                Schema.SERIES,
                series.size(),
                _ -> 0,
                (from, to) -> identityColumns(series.subList(from, to), memory));
        inserts.add(
                Schema.SERIES_DAYS,
                seen.size(),
                i -> seen.get(i).group().month(),
                (from, to) -> dayColumns(seen.subList(from, to), memory));
    }

    private static void addDays(
            MetricRecord record, SortedMap<Group, List<MetricRecord.DayRow>> days) {
        Group group = null;
        List<MetricRecord.DayRow> rows = List.of();
        for (MetricRecord.DayRow row : record.days()) {
            if (group == null || group.day() != row.day()) {
                group = Group.of(record.tenant(), row.day());
                rows = days.computeIfAbsent(group, _ -> new ArrayList<>());
            }
            rows.add(row);
        }
    }

    private static <R> List<Member<R>> ordered(
            SortedMap<Group, List<R>> groups, ToLongFunction<R> id, FlushMemory memory) {
        List<Member<R>> all = new ArrayList<>();
        groups.forEach((group, rows) -> {
            LongBuffer ids = memory.longs(rows.size());
            IntBuffer order = memory.ints(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                ids.put(row, id.applyAsLong(rows.get(row)));
                order.put(row, row);
            }
            IdOrder.sort(ids, order, 0, rows.size(), memory);
            for (int place = 0; place < rows.size(); place++) {
                all.add(new Member<>(group, rows.get(order.get(place))));
            }
        });
        return all;
    }

    private static List<NativeColumn> identityColumns(
            List<Member<MetricRecord.SeriesRow>> rows, FlushMemory memory) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant", memory);
        NativeColumn.Fixed id =
                new NativeColumn.Fixed("id", "UInt64", rows.size() * Long.BYTES, memory);
        NativeColumn.Fixed salt = new NativeColumn.Fixed("salt", "UInt8", rows.size(), memory);
        NativeColumn.Map labels = new NativeColumn.Map("labels", memory);
        for (Member<MetricRecord.SeriesRow> member : rows) {
            tenant.add(member.group().tenant().id());
            id.add(member.row().id());
            salt.addByte(member.row().salt());
            labels.add(member.row().labels());
        }
        return List.of(tenant, id, salt, labels);
    }

    private static List<NativeColumn> dayColumns(
            List<Member<MetricRecord.DayRow>> rows, FlushMemory memory) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant", memory);
        NativeColumn.Fixed day =
                new NativeColumn.Fixed("day", "Date", rows.size() * Short.BYTES, memory);
        NativeColumn.Fixed id =
                new NativeColumn.Fixed("id", "UInt64", rows.size() * Long.BYTES, memory);
        for (Member<MetricRecord.DayRow> member : rows) {
            tenant.add(member.group().tenant().id());
            day.addShort(member.row().day());
            id.add(member.row().id());
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
