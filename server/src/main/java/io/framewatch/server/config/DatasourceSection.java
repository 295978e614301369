package io.framewatch.server.config;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import java.net.URI;
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

    private final UnaryOperator<Path> inFolder;
    private final Set<String> uids =
            new HashSet<>(Set.of("framewatch", "framewatch-logs", "framewatch-traces"));

    /// @param inFolder takes a path from the file's folder
    DatasourceSection(UnaryOperator<Path> inFolder) {
        this.inFolder = inFolder;
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
                        url(map),
                        auth(map),
                        tls(map),
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

    private static URI url(YamlMap map) {
        URI url = SettingsFile.webAddress(map.required("url").replaceAll("/+$", ""));
        if (url == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
            map.keyAt("url").problem("expected an http or https address without credentials");
            return URI.create("http://unknown.invalid");
        }
        return url;
    }

    private HttpAuth auth(YamlMap map) {
        SecretSource token = Secrets.read(map, "tokenFile", "tokenEnv", inFolder);
        if (!map.has("basicAuth")) {
            return token instanceof SecretSource.None
                    ? HttpAuth.NONE
                    : new HttpAuth.Header("Bearer", token);
        }
        YamlMap basic = map.map("basicAuth");
        SecretSource user = Secrets.inPlace(basic.required("username"));
        SecretSource password = Secrets.read(basic, "passwordFile", "passwordEnv", inFolder);
        basic.rejectUnknown();
        return new HttpAuth.Basic(user, password);
    }

    private TlsConfig tls(YamlMap map) {
        String ca = map.textOrNull("caFile");
        return ca == null ? TlsConfig.DEFAULT : trusting(inFolder.apply(Path.of(ca)));
    }

    static TlsConfig trusting(Path caFile) {
        return new TlsConfig("", caFile, "", null, SecretSource.NONE, "", false, "", "");
    }
}
