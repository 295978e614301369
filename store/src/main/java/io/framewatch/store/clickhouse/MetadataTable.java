package io.framewatch.store.clickhouse;

import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.MetricRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What expositions say about metric families; the newest word on a family stays.
public final class MetadataTable {

    private MetadataTable() {}

    private record Row(Tenant tenant, MetricMetadata family) {}

    static void addTo(Inserts inserts) {
        List<Row> rows = new ArrayList<>();
        for (MetricRecord record : inserts.records()) {
            record.metadata().forEach(family -> rows.add(new Row(record.tenant(), family)));
        }
        inserts.add(
                Schema.METADATA,
                rows.size(),
                _ -> 0,
                (from, to) -> columns(rows.subList(from, to)));
    }

    private static List<NativeColumn> columns(List<Row> rows) {
        NativeColumn.Text tenant = new NativeColumn.Text("tenant");
        NativeColumn.Text family = new NativeColumn.Text("family");
        NativeColumn.Text type = new NativeColumn.Text("type");
        NativeColumn.Text help = new NativeColumn.Text("help");
        NativeColumn.Text unit = new NativeColumn.Text("unit");
        for (Row row : rows) {
            tenant.add(row.tenant().id());
            family.add(row.family().family());
            type.add(row.family().type().name());
            help.add(row.family().help());
            unit.add(row.family().unit());
        }
        return List.of(tenant, family, type, help, unit);
    }

    /// Everything known about a tenant's families, by family.
    public static Map<String, MetricMetadata> read(ClickHouse clickHouse, Tenant tenant) {
        Sql sql =
                new Sql("SELECT family, CAST(type AS String), help, CAST(unit AS String) FROM ")
                        .add(Schema.METADATA)
                        .add(" WHERE tenant = ")
                        .text(tenant.id())
                        .add(" ORDER BY family, batch");
        Map<String, MetricMetadata> all = new HashMap<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    String family = block.texts(0)[i];
                    MetricMetadata.Type type = MetricMetadata.Type.valueOf(block.texts(1)[i]);
                    all.put(
                            family,
                            new MetricMetadata(family, type, block.texts(2)[i], block.texts(3)[i]));
                }
            }
        }
        return all;
    }
}
