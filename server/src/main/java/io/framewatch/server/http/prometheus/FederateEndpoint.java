package io.framewatch.server.http.prometheus;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.store.SeriesSamples;
import io.framewatch.wire.exposition.ProtoWriter;
import io.framewatch.wire.exposition.TextWriter;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `GET /federate`: the newest sample of every series that a `match[]` selects, not older than
/// PromQL's usual lookback, as text with timestamps, or as protobuf for scrapers that ask for it
/// first. Native histograms have no text form and are left out there; those with custom buckets are
/// left out in both. Names beyond the classic characters are written as they are for scrapers that
/// say they take them, else with underscores. Thread safe.
public final class FederateEndpoint implements Endpoints {

    private static final long LOOKBACK_MS = 5 * 60_000;

    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited";

    private final GuardedReads reads;
    private final Supplier<Labels> external;
    private final Clock clock;

    /// @param external labels that every series gets which does not have them
    public FederateEndpoint(GuardedReads reads, Supplier<Labels> external, Clock clock) {
        this.reads = reads;
        this.external = external;
        this.clock = clock;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/federate", this::federate);
    }

    private record Last(double value, @Nullable NativeHistogram histogram, long timestampMs) {

        static Last of(SeriesSamples series) {
            int last = series.size() - 1;
            return new Last(
                    series.values()[last], series.histogram(last), series.timestampsMs()[last]);
        }
    }

    private void federate(ServerRequest req, ServerResponse res) {
        try {
            ApiRequest request = ApiRequest.of(req);
            String accept = req.headers().first(HeaderNames.ACCEPT).orElse("");
            boolean utf8 = accept.contains("escaping=allow-utf-8");
            Map<String, Map<Labels, Last>> families =
                    newest(Caller.of(req).tenant(), request, utf8);
            if (accept.replace(" ", "").startsWith(PROTOBUF)) {
                String escaping = utf8 ? "; escaping=allow-utf-8" : "";
                Answers.body(req, res, ProtoWriter.CONTENT_TYPE + escaping, protobuf(families));
                return;
            }
            Answers.body(
                    req,
                    res,
                    utf8
                            ? "text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8"
                            : "text/plain; version=0.0.4; charset=utf-8",
                    text(families).getBytes(StandardCharsets.UTF_8));
        } catch (FaultException e) {
            res.status(HttpStatuses.of(e.fault()));
            res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            res.send(e.fault().message());
        }
    }

    /// By metric name, then by labels.
    private Map<String, Map<Labels, Last>> newest(Tenant tenant, ApiRequest request, boolean utf8) {
        long nowMs = clock.nowMs();
        TimeRange range = new TimeRange(nowMs - LOOKBACK_MS, nowMs);
        Labels extra = external.get();
        Map<String, Map<Labels, Last>> families = new TreeMap<>(Labels::compareCodePoints);
        try (GuardedReads.Reading reading = reads.begin(tenant, Long.MAX_VALUE)) {
            for (String match : request.all("match[]")) {
                reading.scan(
                        Selectors.read("match[]", match),
                        range,
                        series -> {
                            int last = series.size() - 1;
                            if (StaleNaN.is(series.values()[last])) {
                                return;
                            }
                            reading.hold(1);
                            Labels labels = told(series.labels(), extra, utf8);
                            families.computeIfAbsent(labels.metricName(), _ -> new TreeMap<>())
                                    .put(labels, Last.of(series));
                        });
            }
        }
        return families;
    }

    private static Labels told(Labels labels, Labels extra, boolean utf8) {
        Labels.Builder told = new Labels.Builder();
        labels.forEach((name, value) -> {
            boolean isName = name.equals(Labels.NAME);
            told.set(
                    utf8 ? name : classic(name, false),
                    isName && !utf8 ? classic(value, true) : value);
        });
        extra.forEach((name, value) -> {
            if (told.find(name) == null) {
                told.set(name, value);
            }
        });
        return told.build();
    }

    private static String classic(String name, boolean metric) {
        if (Labels.isIdentifier(name, metric)) {
            return name;
        }
        String replaced = name.replaceAll(metric ? "[^a-zA-Z0-9_:]" : "[^a-zA-Z0-9_]", "_");
        return Labels.isIdentifier(replaced, metric) ? replaced : "_" + replaced;
    }

    private static String text(Map<String, Map<Labels, Last>> families) {
        TextWriter out = new TextWriter();
        families.forEach((name, series) -> {
            if (series.values().stream().anyMatch(last -> last.histogram() == null)) {
                out.family(name, MetricMetadata.Type.UNKNOWN, "");
            }
            series.forEach((labels, last) -> {
                if (last.histogram() == null) {
                    out.sample(labels, last.value(), last.timestampMs());
                }
            });
        });
        return out.toString();
    }

    /// Numbers first, then histograms: a family is of one type.
    private static byte[] protobuf(Map<String, Map<Labels, Last>> families) {
        ProtoWriter out = new ProtoWriter();
        families.forEach((_, series) -> {
            series.forEach((labels, last) -> {
                if (last.histogram() == null) {
                    out.sample(labels, last.value(), last.timestampMs());
                }
            });
            series.forEach((labels, last) -> {
                NativeHistogram histogram = last.histogram();
                if (histogram != null && ProtoWriter.canWrite(histogram)) {
                    out.sample(labels, histogram, last.timestampMs());
                }
            });
        });
        return out.toBytes();
    }
}
