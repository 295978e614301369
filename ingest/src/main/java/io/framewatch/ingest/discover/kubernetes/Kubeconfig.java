package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.Secret;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a kubeconfig file: the cluster and the user of its current context. Users that need
/// another program to log in are refused.
final class Kubeconfig {

    /// Largest file, bytes.
    private static final long BYTES_MAX = 4L * 1024 * 1024;

    private final Path file;

    private Kubeconfig(Path file) {
        this.file = file;
    }

    static ApiAccess read(Path file) throws FindException {
        return new Kubeconfig(file).access();
    }

    private ApiAccess access() throws FindException {
        YamlMap top = top();
        String current = top.text("current-context", "");
        YamlMap context = named(top, "contexts", current, "context");
        YamlMap cluster = named(top, "clusters", context.text("cluster", ""), "cluster");
        YamlMap user = named(top, "users", context.text("user", ""), "user");
        String server = cluster.text("server", "");
        if (server.isEmpty()) {
            throw new FindException(file + " names no server for the context " + current);
        }
        if (user.has("exec") || user.has("auth-provider")) {
            throw new FindException(
                    file + " logs in through another program; use a token or a certificate");
        }
        ProxyConfig proxy = new ProxyConfig(cluster.text("proxy-url", ""), "", false);
        return new ApiAccess(
                ApiAccess.trimmed(server),
                new HttpClientConfig(auth(user), tls(cluster, user), proxy, true, Map.of()));
    }

    private YamlMap top() throws FindException {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new FindException(file + " is larger than 4 MB");
            }
            YamlProblems problems = new YamlProblems();
            YamlMap top = YamlValue.parse(file.toString(), Files.readString(file), problems).map();
            if (!problems.isEmpty()) {
                throw new FindException(problems.all().getFirst().toString());
            }
            return top;
        } catch (IOException e) {
            throw new FindException("the kubeconfig file " + file + " cannot be read", e);
        }
    }

    private YamlMap named(YamlMap top, String list, String name, String key) throws FindException {
        for (YamlValue item : top.list(list)) {
            YamlMap map = item.map();
            if (map.text("name", "").equals(name)) {
                return map.map(key);
            }
        }
        throw new FindException(file + " has no entry \"" + name + "\" in " + list);
    }

    private HttpAuth auth(YamlMap user) {
        Path tokenFile = path(user, "tokenFile");
        String token = user.text("token", "");
        if (tokenFile != null) {
            return new HttpAuth.Header("Bearer", new SecretSource.InFile(tokenFile));
        }
        if (!token.isEmpty()) {
            return new HttpAuth.Header("Bearer", inline(token));
        }
        String name = user.text("username", "");
        return name.isEmpty()
                ? HttpAuth.NONE
                : new HttpAuth.Basic(inline(name), inline(user.text("password", "")));
    }

    private TlsConfig tls(YamlMap cluster, YamlMap user) throws FindException {
        String key = decoded(user, "client-key-data");
        Path keyFile = path(user, "client-key");
        SecretSource secret =
                keyFile != null
                        ? new SecretSource.InFile(keyFile)
                        : key.isEmpty() ? SecretSource.NONE : inline(key);
        return new TlsConfig(
                decoded(cluster, "certificate-authority-data"),
                path(cluster, "certificate-authority"),
                decoded(user, "client-certificate-data"),
                path(user, "client-certificate"),
                secret,
                cluster.text("tls-server-name", ""),
                cluster.bool("insecure-skip-tls-verify", false),
                "",
                "");
    }

    private static SecretSource inline(String text) {
        return new SecretSource.Inline(new Secret(text));
    }

    private String decoded(YamlMap map, String key) throws FindException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(map.text(key, ""));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FindException(file + ": " + key + " is not base64", e);
        }
    }

    private @Nullable Path path(YamlMap map, String key) {
        String text = map.text(key, "");
        return text.isEmpty() ? null : file.resolveSibling(text);
    }
}
