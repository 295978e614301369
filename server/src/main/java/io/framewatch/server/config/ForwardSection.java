package io.framewatch.server.config;

import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.forward.OtlpRemote;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Reads the section `forward`.
final class ForwardSection {

    private static final int REMOTES_MAX = 32;
    private static final Map<String, Kind> SIGNALS =
            Map.of("metrics", Kind.POINTS, "logs", Kind.LINES, "traces", Kind.SPANS);

    private final HttpSection http;

    /// @param inFolder takes a path from the file's folder
    ForwardSection(UnaryOperator<Path> inFolder) {
        this.http = new HttpSection(inFolder);
    }

    ForwardSettings read(YamlMap map) {
        long bytes = map.sizeBytes("spoolBytesMax", ForwardSettings.DEFAULT.spoolBytesMax());
        if (bytes < SpoolLimits.BYTES_MIN) {
            map.keyAt("spoolBytesMax").problem("expected 64MB or more");
        }
        List<OtlpRemote> remotes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue item : map.list("otlp")) {
            OtlpRemote remote = remote(item.map());
            if (!names.add(remote.name())) {
                item.problem("another remote is called " + remote.name() + "; give it a `name`");
            } else if (remotes.size() == REMOTES_MAX) {
                item.problem("more than " + REMOTES_MAX + " remotes");
            } else {
                remotes.add(remote);
            }
        }
        map.rejectUnknown();
        return new ForwardSettings(bytes, remotes);
    }

    private OtlpRemote remote(YamlMap map) {
        URI url = http.url(map);
        OtlpRemote remote =
                new OtlpRemote(
                        map.text("name", url.toString()),
                        url,
                        new HttpClientConfig(
                                http.auth(map),
                                http.tls(map),
                                ProxyConfig.NONE,
                                false,
                                headers(map.textMap("headers"))),
                        map.durationMs("timeout", 10_000),
                        map.oneOf("compression", "gzip", List.of("gzip", "none")).equals("gzip"),
                        signals(map));
        map.rejectUnknown();
        return remote;
    }

    private static Set<Kind> signals(YamlMap map) {
        List<String> words = map.texts("signals");
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : words) {
            Kind kind = SIGNALS.get(word);
            if (kind == null) {
                map.keyAt("signals").problem("`signals` are metrics, logs and traces");
            } else {
                kinds.add(kind);
            }
        }
        return words.isEmpty() ? Set.copyOf(SIGNALS.values()) : kinds;
    }

    private static Map<String, List<SecretSource>> headers(Map<String, String> plain) {
        Map<String, List<SecretSource>> headers = new LinkedHashMap<>();
        plain.forEach((name, value) -> headers.put(name, List.of(Secrets.inPlace(value))));
        return headers;
    }
}
