package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.server.Framewatch;
import io.framewatch.server.TestFolders;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.testkit.Conformance;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Our answers against the schemas of Prometheus's own OpenAPI description: every required key is
/// there, no other key, types as told.
@Tag("conformance")
final class OpenApiConformanceTest {

    private static final Path SPEC =
            Conformance.folder("prometheus").resolve("openapi/openapi_3.2_golden.yaml");

    private static final Map<String, String> QUESTIONS =
            Map.ofEntries(
                    Map.entry("/query", "/query?query=frames"),
                    Map.entry("/query_range", "/query_range?query=frames&start=NOW&end=NOW&step=1"),
                    Map.entry("/query_exemplars", "/query_exemplars?query=frames"),
                    Map.entry("/format_query", "/format_query?query=sum(frames)by(x)"),
                    Map.entry("/parse_query", "/parse_query?query=sum(frames)"),
                    Map.entry("/labels", "/labels"),
                    Map.entry("/label/{name}/values", "/label/cam/values"),
                    Map.entry("/series", "/series?match[]=frames"),
                    Map.entry("/metadata", "/metadata"),
                    Map.entry("/scrape_pools", "/scrape_pools"),
                    Map.entry("/targets", "/targets"),
                    Map.entry("/targets/metadata", "/targets/metadata"),
                    Map.entry("/rules", "/rules"),
                    Map.entry("/alerts", "/alerts"),
                    Map.entry("/alertmanagers", "/alertmanagers"),
                    Map.entry("/status/config", "/status/config"),
                    Map.entry("/status/runtimeinfo", "/status/runtimeinfo"),
                    Map.entry("/status/buildinfo", "/status/buildinfo"),
                    Map.entry("/status/flags", "/status/flags"),
                    Map.entry("/status/tsdb", "/status/tsdb"),
                    Map.entry("/status/walreplay", "/status/walreplay"));

    private Map<?, ?> spec = Map.of();
    private final List<String> problems = new ArrayList<>();

    @Test
    void answersFitTheirSchemas() throws Exception {
        Assumptions.assumeTrue(Files.exists(SPEC), "skipped: conformance data absent");
        spec =
                (Map<?, ?>)
                        new Load(LoadSettings.builder().setCodePointLimit(50_000_000).build())
                                .loadFromString(Files.readString(SPEC));
        Settings settings =
                Settings.DEFAULT
                        .withStore(TestFolders.store())
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withGrpc(GrpcSettings.OFF);
        try (Framewatch framewatch = Framewatch.start(settings);
                HttpClient http = HttpClient.newHttpClient()) {
            fill(framewatch);
            String now = Long.toString(framewatch.clock().nowMs() / 1000);
            for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
                String path = "/api/v1" + question.getValue().replace("NOW", now);
                HttpResponse<String> answer =
                        http.send(
                                HttpRequest.newBuilder(framewatch.address().resolve(path)).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
                JsonNode json = JsonMapper.shared().readTree(answer.body());
                Object schema =
                        at(
                                spec,
                                "paths",
                                question.getKey(),
                                "get",
                                "responses",
                                "200",
                                "content",
                                "application/json",
                                "schema");
                check(question.getKey(), json, Objects.requireNonNull(schema, path));
            }
        }
        assertThat(problems).isEmpty();
    }

    private static void fill(Framewatch framewatch) {
        var store = framewatch.store();
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        var series = store.series(Tenant.DEFAULT, Labels.of("__name__", "frames", "cam", "a"));
        batch.add(series, framewatch.clock().nowMs() - 1_000, 1);
        store.append(batch);
        store.metadata(
                Tenant.DEFAULT,
                List.of(new MetricMetadata("frames", MetricMetadata.Type.GAUGE, "Frames", "")));
    }

    private static @Nullable Object at(Object node, String... keys) {
        Object here = node;
        for (String key : keys) {
            Object next = here instanceof Map<?, ?> map ? map.get(key) : null;
            if (next == null) {
                return null;
            }
            here = next;
        }
        return here;
    }

    private Map<?, ?> resolved(Object schema) {
        Map<?, ?> map = (Map<?, ?>) schema;
        Object ref = map.get("$ref");
        if (ref == null) {
            return map;
        }
        String name = ref.toString().substring("#/components/schemas/".length());
        return resolved(Objects.requireNonNull(at(spec, "components", "schemas", name), name));
    }

    private void check(String where, JsonNode json, Object unresolved) {
        Map<?, ?> schema = resolved(unresolved);
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.get(choice) instanceof List<?> options) {
                choose(where, json, options);
                return;
            }
        }
        Object type = schema.get("type");
        if (type != null && !fits(json, type.toString())) {
            problems.add(where + " is no " + type + ": " + json);
            return;
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(json.asString())) {
            problems.add(where + " is none of " + words + ": " + json);
        }
        if (json.isObject()) {
            object(where, json, schema);
        }
        Object items = schema.get("items");
        if (json.isArray() && items != null) {
            for (int i = 0; i < json.size(); i++) {
                check(where + "[" + i + "]", json.get(i), items);
            }
        }
    }

    /// One of the options must fit; the problems of the others are forgotten.
    private void choose(String where, JsonNode json, List<?> options) {
        List<String> before = List.copyOf(problems);
        List<String> all = new ArrayList<>();
        for (Object option : options) {
            check(where, json, option);
            if (problems.size() == before.size()) {
                return;
            }
            all.addAll(problems.subList(before.size(), problems.size()));
            problems.clear();
            problems.addAll(before);
        }
        problems.add(where + " fits no option: " + all);
    }

    private void object(String where, JsonNode json, Map<?, ?> schema) {
        if (schema.get("required") instanceof List<?> required) {
            for (Object key : required) {
                if (!json.has(key.toString())) {
                    problems.add(where + " lacks " + key);
                }
            }
        }
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        Object additional = schema.get("additionalProperties");
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            Object inner = properties.get(field.getKey());
            if (inner != null) {
                check(where + "." + field.getKey(), field.getValue(), inner);
            } else if (Boolean.FALSE.equals(additional)) {
                problems.add(where + " has the unknown key " + field.getKey());
            } else if (additional instanceof Map<?, ?>) {
                check(where + "." + field.getKey(), field.getValue(), additional);
            }
        }
    }

    private static boolean fits(JsonNode json, String type) {
        return switch (type) {
            case "object" -> json.isObject();
            case "array" -> json.isArray();
            case "string" -> json.isString();
            case "integer" -> json.isIntegralNumber();
            case "number" -> json.isNumber();
            case "boolean" -> json.isBoolean();
            default -> true;
        };
    }
}
