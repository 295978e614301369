package io.framewatch.server.config;

import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the section `limits`.
final class LimitSection {

    private static final int QUERIES_MAX = 100_000;

    private LimitSection() {}

    static LimitSettings read(YamlMap map) {
        LimitSettings defaults = LimitSettings.DEFAULT;
        LimitSettings one =
                new LimitSettings(
                        map.sizeBytes("requestBytesMax", defaults.requestBytesMax()),
                        (int) map.whole("connectionsMax", defaults.connectionsMax(), 1, 1_000_000),
                        map.durationMs("readTimeout", defaults.readTimeoutMs()),
                        (int) map.whole("requestsMax", defaults.requestsMax(), 1, 100_000),
                        map.durationMs("queryTimeout", defaults.queryTimeoutMs()),
                        (int)
                                map.whole(
                                        "querySeriesMax",
                                        defaults.querySeriesMax(),
                                        1,
                                        Integer.MAX_VALUE),
                        map.whole("querySamplesMax", defaults.querySamplesMax(), 1, Long.MAX_VALUE),
                        (int) map.whole("viewersMax", defaults.viewersMax(), 1, 100_000));
        LimitSettings limits = one.with(queries(map, one.query()));
        map.rejectUnknown();
        return limits;
    }

    private static QuerySettings queries(YamlMap map, QueryLimits one) {
        QueryGuard.Limits defaults = QuerySettings.DEFAULT.guard();
        int most = (int) map.whole("queriesMax", defaults.concurrentMax(), 1, QUERIES_MAX);
        Map<Tenant, Integer> concurrent = new HashMap<>();
        Map<Tenant, QueryLimits> limits = new HashMap<>();
        YamlMap tenants = map.map("tenants");
        for (String name : tenants.keys()) {
            Tenant tenant = tenant(tenants, name);
            YamlMap own = tenants.map(name);
            if (tenant == null) {
                continue;
            }
            if (own.has("queriesMax")) {
                concurrent.put(tenant, (int) own.whole("queriesMax", 1, 1, QUERIES_MAX));
            }
            limits.put(tenant, query(own, one));
            own.rejectUnknown();
        }
        QueryGuard.Limits guard =
                new QueryGuard.Limits(
                        most,
                        (int)
                                map.whole(
                                        "queriesPerTenantMax",
                                        Math.max(1, most / 2),
                                        1,
                                        QUERIES_MAX),
                        (int) map.whole("queriesWaitingMax", 5L * most, 1, Integer.MAX_VALUE),
                        map.durationMs("queryWait", defaults.waitMaxMs()),
                        samples(map, defaults),
                        concurrent);
        return new QuerySettings(guard, limits);
    }

    private static long samples(YamlMap map, QueryGuard.Limits defaults) {
        long bytes =
                map.sizeBytes(
                        "queryMemory", defaults.samplesMax() * QueryGuard.Limits.SAMPLE_BYTES);
        if (bytes < 1 << 20) {
            map.keyAt("queryMemory").problem("expected 1MB or more");
        }
        return bytes / QueryGuard.Limits.SAMPLE_BYTES;
    }

    private static QueryLimits query(YamlMap own, QueryLimits one) {
        return new QueryLimits(
                (int) own.whole("querySeriesMax", one.seriesMax(), 1, Integer.MAX_VALUE),
                own.whole("querySamplesMax", one.samplesMax(), 1, Long.MAX_VALUE),
                one.stepsMax(),
                own.durationMs("queryTimeout", one.timeoutMs()));
    }

    private static @Nullable Tenant tenant(YamlMap tenants, String name) {
        try {
            return new Tenant(name);
        } catch (FaultException e) {
            tenants.keyAt(name).problem(e.fault().what());
            return null;
        }
    }
}
