package io.framewatch.server.config;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.model.yaml.YamlMap;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Reads how another server is reached, the same wherever one is named.
final class HttpSection {

    private final UnaryOperator<Path> inFolder;

    /// @param inFolder takes a path from the file's folder
    HttpSection(UnaryOperator<Path> inFolder) {
        this.inFolder = inFolder;
    }

    /// The key `url`: http or https, without credentials and without a slash at its end.
    URI url(YamlMap map) {
        URI url = SettingsFile.webAddress(map.required("url").replaceAll("/+$", ""));
        if (url == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
            map.keyAt("url").problem("expected an http or https address without credentials");
            return URI.create("http://unknown.invalid");
        }
        return url;
    }

    /// A bearer token from `tokenFile` or `tokenEnv`, or the section `basicAuth`.
    HttpAuth auth(YamlMap map) {
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

    /// Whom to trust: the certificates of `caFile`, else those of the Java runtime.
    TlsConfig tls(YamlMap map) {
        String ca = map.textOrNull("caFile");
        return ca == null ? TlsConfig.DEFAULT : trusting(inFolder.apply(Path.of(ca)));
    }

    static TlsConfig trusting(Path caFile) {
        return new TlsConfig("", caFile, "", null, SecretSource.NONE, "", false, "", "");
    }
}
