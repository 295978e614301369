package io.framewatch.store.clickhouse;

import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceStore.Operation;
import io.framewatch.store.record.SpanRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which operations of which services were seen on which day.
public final class OperationTable {

    private static final Span.Kind[] KINDS = Span.Kind.values();

    private OperationTable() {}

    private record Row(Tenant tenant, SpanRecord.OperationRow operation) {

        long month() {
            return Months.of(operation.day());
        }
    }

    static void addTo(Inserts inserts, List<SpanRecord> records) {
        List<Row> rows = new ArrayList<>();
        for (SpanRecord record : records) {
            record.operations().forEach(one -> rows.add(new Row(record.tenant(), one)));
        }
        rows.sort(
                Comparator.comparingLong(Row::month)
                        .thenComparing(Row::tenant)
                        .thenComparingInt(row -> row.operation().day()));
        inserts.add(
                Schema.OPERATIONS,
                rows.size(),
                i -> rows.get(i).month(),
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Fixed day = new NativeColumn.Fixed("day", "Date");
        NativeColumn.Text service = new NativeColumn.Text("service");
        NativeColumn.Text name = new NativeColumn.Text("name");
        NativeColumn.Fixed kind = new NativeColumn.Fixed("kind", "UInt8");
        for (Row row : rows) {
            tenant.add(row.tenant().id());
            day.addShort(row.operation().day());
            service.add(row.operation().service());
            name.add(row.operation().name());
            kind.addByte(row.operation().kind().ordinal());
        }
        return List.of(tenant, day, service, name, kind);
    }

    /// The services of a tenant, at most `servicesMax`; rows of inserts behind `batchMax` are left
    /// out.
    public static List<String> services(
            ClickHouse clickHouse, Tenant tenant, long batchMax, long servicesMax) {
        Sql sql = new Sql("SELECT DISTINCT CAST(service AS String) AS s FROM ");
        sql.add(Schema.OPERATIONS).add(" WHERE tenant = ").text(tenant.id());
        sql.add(" AND batch <= ").unsigned(batchMax);
        sql.add(" ORDER BY s LIMIT ").unsigned(servicesMax);
        List<String> services = new ArrayList<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                services.addAll(List.of(block.texts(0)));
            }
        }
        return services;
    }

    /// The operations of a service, at most `operationsMax`; rows of inserts behind `batchMax` are
    /// left out.
    public static List<Operation> operations(
            ClickHouse clickHouse,
            Tenant tenant,
            String service,
            long batchMax,
            long operationsMax) {
        Sql sql = new Sql("SELECT DISTINCT name, kind FROM ").add(Schema.OPERATIONS);
        sql.add(" WHERE tenant = ").text(tenant.id()).add(" AND service = ").text(service);
        sql.add(" AND batch <= ").unsigned(batchMax);
        sql.add(" ORDER BY name, kind LIMIT ").unsigned(operationsMax);
        List<Operation> operations = new ArrayList<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    operations.add(
                            new Operation(block.texts(0)[i], KINDS[(int) block.longs(1)[i]]));
                }
            }
        }
        return operations;
    }
}
