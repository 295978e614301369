package io.framewatch.server.http;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The web pages, from the class path folder `ui/`. Files whose name carries a hash never change
/// and are cached for a year; the page itself is asked for anew each time. Addresses that are no
/// file and no API are pages of the application and get `index.html`. Thread safe.
public final class StaticPages implements Endpoints {

    private static final Pattern SAFE_PATH =
            Pattern.compile("/[A-Za-z0-9_@.-]+(/[A-Za-z0-9_@.-]+)*");
    private static final Pattern HASHED = Pattern.compile(".*[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
    private static final Set<String> NOT_PAGES =
            Set.of("api", "live", "-", "metrics", "federate", "loki", "jaeger", "tempo", "v1");
    private static final int FILES_CACHED_MAX = 500;

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("webmanifest", "application/manifest+json"));

    private static final Set<String> PACKED = Set.of("png", "jpg", "woff2", "ico");

    private final Map<String, StaticFile> cache = new ConcurrentHashMap<>();

    /// A file ready to send.
    private record StaticFile(String type, byte[] body, byte @Nullable [] gzip, boolean hashed) {}

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/*", this::page);
        rules.get("/", this::page);
        rules.head("/*", this::page);
    }

    private void page(ServerRequest req, ServerResponse res) {
        String path = req.path().path();
        StaticFile file = path.equals("/") ? null : file(path);
        if (file == null) {
            if (!isPage(path)) {
                throw new FaultException(
                        Fault.caller("not_found", "Nothing is served here.", "Check the address."));
            }
            file = file("/index.html");
        }
        if (file == null) {
            res.status(503);
            Answers.body(req, res, "text/html; charset=utf-8", NotBuilt.page());
            return;
        }
        send(req, res, file);
    }

    /// Whether an address without a file belongs to the application: no API and no file name.
    private static boolean isPage(String path) {
        String first = path.substring(1).split("/", 2)[0];
        String last = path.substring(path.lastIndexOf('/') + 1);
        return !NOT_PAGES.contains(first) && !last.contains(".");
    }

    private static void send(ServerRequest req, ServerResponse res, StaticFile file) {
        res.header(HeaderNames.CONTENT_TYPE, file.type);
        res.header(
                HeaderNames.CACHE_CONTROL,
                file.hashed ? "public, max-age=31536000, immutable" : "no-cache");
        res.header(HeaderNames.VARY, "Accept-Encoding");
        if (file.gzip != null && Answers.takesGzip(req)) {
            res.header(HeaderNames.CONTENT_ENCODING, "gzip");
            res.send(file.gzip);
        } else {
            res.send(file.body);
        }
    }

    private @Nullable StaticFile file(String path) {
        StaticFile cached = cache.get(path);
        if (cached != null) {
            return cached;
        }
        StaticFile read = read(path);
        if (read != null && cache.size() < FILES_CACHED_MAX) {
            cache.put(path, read);
        }
        return read;
    }

    private static @Nullable StaticFile read(String path) {
        if (!SAFE_PATH.matcher(path).matches() || path.contains("..")) {
            return null;
        }
        String ending = path.substring(path.lastIndexOf('.') + 1);
        String type = TYPES.get(ending);
        if (type == null) {
            return null;
        }
        try (InputStream in = StaticPages.class.getResourceAsStream("/ui" + path)) {
            if (in == null) {
                return null;
            }
            byte[] body = in.readAllBytes();
            boolean packs = !PACKED.contains(ending) && body.length >= Answers.GZIP_BYTES_MIN;
            boolean hashed = HASHED.matcher(path).matches() && path.startsWith("/assets/");
            return new StaticFile(type, body, packs ? Answers.gzip(body) : null, hashed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
