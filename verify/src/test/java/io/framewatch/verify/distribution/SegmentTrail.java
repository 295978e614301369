package io.framewatch.verify.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Follows a broken segment of the running demo as a reader does: page, trace, lines.
final class SegmentTrail {

    private static final Duration SEEN_MAX = Duration.ofSeconds(150);

    private final HttpClient http;
    private final URI address;
    private final JsonMapper json = JsonMapper.shared();

    SegmentTrail(HttpClient http, URI address) {
        this.http = http;
        this.address = address;
    }

    static boolean hasFfmpeg() {
        try {
            return new ProcessBuilder("ffmpeg", "-version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The first address that the program prints; what it prints until then goes to `said`.
    static URI address(BufferedReader out, StringBuilder said, Pattern pattern) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                return URI.create(found.group());
            }
        }
        throw new AssertionError("it printed no address:\n" + said);
    }

    static void readOn(BufferedReader out, StringBuilder said) {
        out.lines().forEach(line -> said.append(line).append('\n'));
    }

    /// Waits for a segment with this verdict and checks its trace and its lines.
    void follow(String verdict) {
        List<JsonNode> found = new ArrayList<>();
        Awaitility.await()
                .atMost(SEEN_MAX)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    found.addAll(segments(verdict));
                    return !found.isEmpty();
                });
        String traceId = found.getFirst().path("traceId").asString("");
        assertThat(traceId).matches("[0-9a-f]{32}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    checkTrace(traceId, verdict);
                    checkLines(traceId, verdict);
                });
    }

    private List<JsonNode> segments(String verdict) {
        List<JsonNode> broken = new ArrayList<>();
        for (JsonNode stream : get("/api/now").path("streams")) {
            for (JsonNode segment : stream.path("segments")) {
                if (segment.path("verdict").asString("").equals(verdict)) {
                    broken.add(segment);
                }
            }
        }
        return broken;
    }

    private void checkTrace(String traceId, String verdict) {
        JsonNode trace = get("/jaeger/api/traces/" + traceId).path("data").path(0);
        Map<String, JsonNode> byName = new HashMap<>();
        for (JsonNode span : trace.path("spans")) {
            byName.put(span.path("operationName").asString(""), span);
        }
        assertThat(byName)
                .containsKeys(
                        "capture",
                        "ingest",
                        "transcode",
                        "package",
                        "publish",
                        "deliver",
                        "probe segment",
                        "fetch",
                        "decode and judge");
        List<String> way =
                List.of("capture", "ingest", "transcode", "package", "publish", "deliver");
        for (int i = 1; i < way.size(); i++) {
            assertThat(start(byName, way.get(i)))
                    .as(way.get(i))
                    .isGreaterThanOrEqualTo(start(byName, way.get(i - 1)));
        }
        for (JsonNode span : byName.values()) {
            assertThat(tag(span, "framewatch.times_from")).isNotEmpty();
        }
        assertThat(tag(span(byName, "probe segment"), "verdict")).isEqualTo(verdict);
        assertThat(tag(span(byName, "probe segment"), "otel.status_code")).isEqualTo("ERROR");
    }

    private static JsonNode span(Map<String, JsonNode> byName, String name) {
        JsonNode span = byName.get(name);
        assertThat(span).as(name).isNotNull();
        return Objects.requireNonNull(span);
    }

    private static long start(Map<String, JsonNode> byName, String name) {
        return span(byName, name).path("startTime").asLong();
    }

    private static String tag(JsonNode span, String key) {
        for (JsonNode tag : span.path("tags")) {
            if (tag.path("key").asString("").equals(key)) {
                return tag.path("value").asString("");
            }
        }
        return "";
    }

    private void checkLines(String traceId, String verdict) {
        String query = "{service_name=~\".+\"} | trace_id=\"" + traceId + "\"";
        JsonNode answer =
                get(
                        "/loki/api/v1/query_range?limit=100&query="
                                + URLEncoder.encode(query, StandardCharsets.UTF_8));
        List<String> messages = new ArrayList<>();
        for (JsonNode stream : answer.path("data").path("result")) {
            assertThat(stream.path("stream").path("trace_id").asString("")).isEqualTo(traceId);
            for (JsonNode value : stream.path("values")) {
                JsonNode line = parse(value.path(1).asString(""));
                messages.add(line.path("message").asString(""));
                if (!line.isEmpty()) {
                    assertThat(line.path("trace_id").asString("")).isEqualTo(traceId);
                }
            }
        }
        assertThat(messages)
                .contains("segment published", "segment delivered", "segment is " + verdict);
    }

    private JsonNode parse(String text) {
        return text.startsWith("{") ? json.readTree(text) : json.createObjectNode();
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
