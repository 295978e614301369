package io.framewatch.server.config;

import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Reads the section `datasources`.
final class DatasourceSection {

    private static final int SOURCES_MAX = 200;

    private final HttpSection http;
    private final Set<String> uids =
            new HashSet<>(Set.of("framewatch", "framewatch-logs", "framewatch-traces"));

    /// @param inFolder takes a path from the file's folder
    DatasourceSection(UnaryOperator<Path> inFolder) {
        this.http = new HttpSection(inFolder);
    }

    List<DatasourceSettings> read(List<YamlValue> items) {
        List<DatasourceSettings> sources = new ArrayList<>();
        for (YamlValue item : items) {
            if (sources.size() == SOURCES_MAX) {
                item.problem("more than " + SOURCES_MAX + " data sources");
                return sources;
            }
            sources.add(source(item.map()));
        }
        return List.copyOf(sources);
    }

    private DatasourceSettings source(YamlMap map) {
        String name = map.required("name");
        String made = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        String uid = map.text("uid", made);
        if (!uid.matches("[A-Za-z0-9_-]{1,40}") || !uids.add(uid)) {
            map.keyAt("uid").problem("`uid` is 1 to 40 of A-Z a-z 0-9 _ - and no other one's");
        }
        List<String> tenants = map.texts("tenants");
        DatasourceSettings source =
                new DatasourceSettings(
                        uid,
                        name,
                        type(map),
                        http.url(map),
                        http.auth(map),
                        http.tls(map),
                        map.durationMs("timeout", 30_000),
                        map.bool("default", false),
                        tenants.isEmpty() ? List.of("default") : tenants);
        map.rejectUnknown();
        return source;
    }

    private static DatasourceSettings.Type type(YamlMap map) {
        map.required("type");
        String type =
                map.oneOf("type", "prometheus", List.of("prometheus", "loki", "jaeger", "tempo"));
        return DatasourceSettings.Type.valueOf(type.toUpperCase(Locale.ROOT));
    }
}
