package io.framewatch.server.config;

import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.forward.OtlpRemote;
import io.framewatch.ingest.forward.Tenants;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
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
    private static final int REQUESTS_MAX = 64;
    private static final String HEADER_NAME = "[A-Za-z0-9_.-]*";
    private static final String ALL = "*";
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
        Map<String, Tenants> writes = new LinkedHashMap<>();
        for (YamlValue item : map.list("remoteWrite")) {
            YamlMap write = item.map();
            String name = write.required("name");
            if (writes.put(name, tenants(write, Set.of())) != null) {
                item.problem("the remote " + name + " stands here already");
            }
            write.rejectUnknown();
        }
        map.rejectUnknown();
        return new ForwardSettings(bytes, remotes, writes);
    }

    private OtlpRemote remote(YamlMap map) {
        URI url = http.url(map);
        boolean grpc = map.oneOf("protocol", "http", List.of("http", "grpc")).equals("grpc");
        if (grpc && url.getRawPath() != null && !url.getRawPath().isEmpty()) {
            map.keyAt("url").problem("an address for gRPC has no path");
        }
        Map<String, String> plain = map.textMap("headers");
        OtlpRemote remote =
                new OtlpRemote(
                        map.text("name", url.toString()),
                        url,
                        grpc,
                        new HttpClientConfig(
                                http.auth(map),
                                http.tls(map),
                                ProxyConfig.NONE,
                                false,
                                headers(plain)),
                        map.durationMs("timeout", 10_000),
                        map.oneOf("compression", "gzip", List.of("gzip", "none")).equals("gzip"),
                        (int) map.whole("requestsMax", 4, 1, REQUESTS_MAX),
                        signals(map),
                        tenants(map, plain.keySet()));
        map.rejectUnknown();
        return remote;
    }

    /// Whose rows: one tenant, or several where a header tells the other side whose they are.
    ///
    /// @param headers names of headers that are sent anyway
    private static Tenants tenants(YamlMap map, Set<String> headers) {
        List<String> ids = map.texts("tenants");
        String header = map.text("tenantHeader", "");
        Set<Tenant> named = new HashSet<>();
        for (String id : ids) {
            try {
                if (!id.equals(ALL)) {
                    named.add(new Tenant(id));
                }
            } catch (FaultException e) {
                map.keyAt("tenants").problem("`" + id + "` can be no tenant");
            }
        }
        boolean all = ids.contains(ALL);
        if (all && ids.size() > 1) {
            map.keyAt("tenants").problem("`*` means all tenants, and stands alone");
        } else if (header.isEmpty() && (all || named.size() > 1)) {
            map.keyAt("tenants")
                    .problem(
                            "what several tenants sent would be mixed: name a `tenantHeader`, such"
                                    + " as X-Scope-OrgID, or one tenant");
        }
        if (headers.stream().anyMatch(header::equalsIgnoreCase)) {
            map.keyAt("tenantHeader").problem("`headers` sets it already");
        } else if (!header.matches(HEADER_NAME)) {
            map.keyAt("tenantHeader").problem("expected the name of a header");
        }
        if (all) {
            return new Tenants(Set.of(), header);
        }
        return new Tenants(named.isEmpty() ? Tenants.DEFAULT.named() : named, header);
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
