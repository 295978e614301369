package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.FloatText;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/// `/metrics` in Prometheus's text format, version 0.0.4
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
public final class MetricsEndpoint implements Endpoints {

    private final Meters meters;

    /// Shows `meters`.
    public MetricsEndpoint(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/metrics", this::metrics);
    }

    private void metrics(ServerRequest req, ServerResponse res) {
        TextSink sink = new TextSink();
        meters.collect(sink);
        Answers.body(
                req,
                res,
                "text/plain; version=0.0.4; charset=utf-8",
                sink.text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static final class TextSink implements Meters.Sink {

        private final StringBuilder text = new StringBuilder(16_384);

        @Override
        public void family(MetricMetadata family) {
            String help = family.help().replace("\\", "\\\\").replace("\n", "\\n");
            text.append("# HELP ").append(family.family()).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(family.family()).append(' ');
            text.append(family.type().word()).append('\n');
        }

        @Override
        public void sample(String name, Labels labels, double value) {
            text.append(name);
            for (int i = 0; i < labels.size(); i++) {
                text.append(i == 0 ? '{' : ',').append(labels.nameAt(i)).append("=\"");
                escape(labels.valueAt(i));
                text.append('"');
            }
            text.append(labels.isEmpty() ? " " : "} ").append(FloatText.of(value)).append('\n');
        }

        private void escape(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\n' -> text.append("\\n");
                    case '"', '\\' -> text.append('\\').append(c);
                    default -> text.append(c);
                }
            }
        }
    }
}
