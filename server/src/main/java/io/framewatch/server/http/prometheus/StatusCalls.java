package io.framewatch.server.http.prometheus;

import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import java.time.Instant;
import java.util.Map;

/// `status/...`: what the server is and how it runs.
final class StatusCalls {

    /// The Prometheus release whose API this is. Clients choose features by it.
    private static final String PROMETHEUS_VERSION = "3.5.0";

    private static final int LISTED_MAX = 1_000;

    private final MetricSelect select;
    private final PrometheusApi.ServerFacts facts;
    private final Clock clock;

    StatusCalls(MetricSelect select, PrometheusApi.ServerFacts facts, Clock clock) {
        this.select = select;
        this.facts = facts;
        this.clock = clock;
    }

    ApiAnswer buildInfo() {
        return ApiAnswer.of(out -> {
            out.raw("{\"version\":").text(PROMETHEUS_VERSION);
            out.raw(",\"revision\":").text("framewatch-" + facts.version());
            out.raw(",\"branch\":").text("framewatch");
            out.raw(",\"buildUser\":\"\",\"buildDate\":\"\",\"goVersion\":\"\"}");
        });
    }

    ApiAnswer flags() {
        return ApiAnswer.of(out -> {
            out.raw('{');
            String comma = "";
            for (Map.Entry<String, String> flag : facts.flags().entrySet()) {
                out.raw(comma).text(flag.getKey()).raw(':').text(flag.getValue());
                comma = ",";
            }
            out.raw('}');
        });
    }

    ApiAnswer config() {
        String yaml = facts.config().get();
        return ApiAnswer.of(out -> out.raw("{\"yaml\":").text(yaml).raw('}'));
    }

    ApiAnswer runtimeInfo() {
        return ApiAnswer.of(out -> {
            Runtime runtime = Runtime.getRuntime();
            out.raw("{\"startTime\":").text(Instant.ofEpochMilli(facts.startedAtMs()).toString());
            out.raw(",\"CWD\":").text(facts.folder());
            out.raw(",\"hostname\":").text(hostName());
            out.raw(",\"serverTime\":").text(clock.now().toString());
            PrometheusApi.Reload reload = facts.reload().get();
            out.raw(",\"reloadConfigSuccess\":").raw(Boolean.toString(reload.succeeded()));
            out.raw(",\"lastConfigTime\":")
                    .text(Instant.ofEpochMilli(reload.lastGoodMs()).toString());
            out.raw(",\"corruptionCount\":0,\"goroutineCount\":").number(Thread.activeCount());
            out.raw(",\"GOMAXPROCS\":").number(runtime.availableProcessors());
            out.raw(",\"GOMEMLIMIT\":").number(runtime.maxMemory());
            out.raw(",\"GOGC\":\"\",\"GODEBUG\":\"\",\"storageRetention\":")
                    .text(io.framewatch.model.Durations.format(facts.retentionMs()))
                    .raw('}');
        });
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        return name == null ? "" : name;
    }

    ApiAnswer walReplay() {
        return ApiAnswer.of(out -> out.raw("{\"min\":0,\"max\":0,\"current\":0}"));
    }

    ApiAnswer tsdb(Tenant tenant, int limit) {
        int most = limit == 0 ? 10 : limit;
        Cardinality cardinality = Cardinality.of(select, tenant, clock.nowMs(), most);
        Map<String, Long> capped = select.cappedMetrics(tenant);
        return ApiAnswer.of(out -> {
            cardinality(out, cardinality, most);
            if (!capped.isEmpty()) { // our own field: an answer is Prometheus's until one explodes
                out.raw(",\"cappedMetrics\":");
                Cardinality.top(out, capped, most);
            }
            out.raw('}');
        });
    }

    /// What Prometheus does not tell: which series are new, what the tenant may have, and of one
    /// metric which labels make it large.
    ApiAnswer cardinality(Tenant tenant, ApiRequest request) {
        int limit = request.limit() == 0 ? 20 : Math.min(request.limit(), LISTED_MAX);
        String metric = request.text("metric");
        if (!metric.isEmpty()) {
            MetricShape shape = MetricShape.of(select, tenant, metric, clock.nowMs(), limit);
            return ApiAnswer.of(shape::write);
        }
        Churn churn = Churn.of(select, tenant, clock.nowMs(), limit);
        Map<String, Long> capped = select.cappedMetrics(tenant);
        return ApiAnswer.of(out -> {
            out.raw("{\"activeSeries\":").number(select.activeSeries(tenant));
            out.raw(",\"seriesPerTenantMax\":").number(facts.seriesPerTenantMax());
            out.raw(",\"seriesPerMetricMax\":").number(facts.seriesPerMetricMax());
            out.raw(",\"cappedMetrics\":");
            Cardinality.top(out, capped, LISTED_MAX);
            churn.write(out.raw(",\"new\":"));
            out.raw('}');
        });
    }

    private static void cardinality(JsonOut out, Cardinality of, int limit) {
        out.raw("{\"headStats\":{\"numSeries\":").number(of.series());
        out.raw(",\"numLabelPairs\":").number(of.pairs());
        out.raw(",\"chunkCount\":0,\"minTime\":").number(of.fromMs());
        out.raw(",\"maxTime\":").number(of.toMs());
        out.raw("},\"seriesCountByMetricName\":");
        Cardinality.top(out, of.metrics(), limit);
        out.raw(",\"labelValueCountByLabelName\":");
        Cardinality.top(out, of.labels(), limit);
        out.raw(",\"memoryInBytesByLabelName\":");
        Cardinality.top(out, of.bytes(), limit);
        out.raw(",\"seriesCountByLabelValuePair\":");
        Cardinality.top(out, of.largest(), limit);
    }
}
