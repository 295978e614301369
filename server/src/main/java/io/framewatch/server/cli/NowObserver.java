package io.framewatch.server.cli;

import io.framewatch.demo.Observer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sees the demo through `GET /api/now` of the running server, as its users do. Thread safe.
final class NowObserver implements Observer, AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .connectTimeout(ANSWER_MAX)
                    .build();
    private final JsonMapper json = JsonMapper.shared();
    private volatile Map<String, Observation> newest = Map.of();

    /// Asks the server at `address`.
    NowObserver(URI address) {
        this.address = address;
    }

    /// Follows a login link, where the server asks for a login.
    void login(URI link) throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(link).timeout(ANSWER_MAX).build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /// Asks anew. What the server does not answer is not known.
    void refresh() throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(address.resolve("/api/now"))
                                    .timeout(ANSWER_MAX)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            newest = answer.statusCode() == 200 ? parse(answer.body()) : Map.of();
        } catch (IOException | JacksonException e) {
            newest = Map.of();
        }
    }

    private Map<String, Observation> parse(String body) {
        JsonNode now = json.readTree(body);
        Set<String> alerting = new HashSet<>();
        for (JsonNode alert : now.path("alerts")) {
            if (alert.path("state").asString("").equals("firing")) {
                alerting.add(alert.path("stream").asString(""));
            }
        }
        Map<String, Observation> streams = new HashMap<>();
        for (JsonNode stream : now.path("streams")) {
            String id = stream.path("id").asString("");
            String state = stream.path("state").asString("");
            streams.put(id, new Observation(state, alerting.contains(id)));
        }
        return Map.copyOf(streams);
    }

    @Override
    public @Nullable Observation of(String streamId) {
        return newest.get(streamId);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
