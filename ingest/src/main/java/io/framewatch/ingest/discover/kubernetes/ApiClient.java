package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.ingest.http.OpenAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the API for pages of a collection and for its changes. Thread safe.
final class ApiClient {

    /// Objects asked for at a time.
    static final int PAGE_OBJECTS = 500;

    /// How long one watch lasts before the server ends it, seconds.
    static final int WATCH_SECONDS = 300;

    private static final long PAGE_BYTES_MAX = 256L * 1024 * 1024;
    private static final long TIMEOUT_MS = 30_000;
    private static final int GONE = 410;
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json", "User-Agent", "Framewatch");

    private final ApiAccess access;
    private final HttpFetch fetch;

    ApiClient(ApiAccess access, HttpFetch fetch) {
        this.access = access;
        this.fetch = fetch;
    }

    /// One page of a collection.
    ///
    /// @param status 200, or 410 if the place to go on from is too old
    /// @param items the objects
    /// @param version version of the whole list
    /// @param next where to go on; empty on the last page
    record Page(int status, JsonNode items, String version, String next) {}

    Page page(String path, String selectors, String next)
            throws FindException, InterruptedException {
        String place = next.isEmpty() ? "" : "&continue=" + encode(next);
        URI uri = uri(path, "limit=" + PAGE_OBJECTS + place + selectors);
        try {
            Answer answer = fetch.get(access.http(), uri, HEADERS, PAGE_BYTES_MAX, TIMEOUT_MS);
            if (answer.status() != 200 && answer.status() != GONE) {
                throw new FindException(refusal(answer));
            }
            JsonNode body = body(answer);
            JsonNode metadata = body.path("metadata");
            return new Page(
                    answer.status(),
                    body.path("items"),
                    metadata.path("resourceVersion").asString(""),
                    metadata.path("continue").asString(""));
        } catch (FetchException e) {
            throw new FindException(String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode body(Answer answer) throws FindException {
        try {
            return JsonMapper.shared().readTree(answer.body().data(), 0, answer.body().length());
        } catch (JacksonException e) {
            throw new FindException("the API's answer is not valid JSON", e);
        }
    }

    private static String refusal(Answer answer) {
        String status = "the API answered HTTP status " + answer.status();
        return switch (answer.status()) {
            case 401 -> status + ": the credentials are not accepted";
            case 403 -> status + ": the account may not list and watch these objects";
            default -> status;
        };
    }

    OpenAnswer watch(String path, String selectors, String version)
            throws FindException, InterruptedException {
        String query =
                "watch=true&allowWatchBookmarks=true&timeoutSeconds="
                        + WATCH_SECONDS
                        + "&resourceVersion="
                        + encode(version);
        try {
            return fetch.open(access.http(), uri(path, query + selectors), HEADERS, TIMEOUT_MS);
        } catch (FetchException e) {
            throw new FindException(String.valueOf(e.getMessage()), e);
        }
    }

    private URI uri(String path, String query) throws FindException {
        try {
            return URI.create(access.server() + path + "?" + query);
        } catch (IllegalArgumentException e) {
            throw new FindException("the API's address " + access.server() + " is not valid", e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
