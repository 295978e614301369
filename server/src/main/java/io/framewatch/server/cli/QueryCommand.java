package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `framewatch query EXPRESSION`: asks a running server, one line a series.
final class QueryCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DESCRIPTION =
            "Asks a running server a PromQL expression; one line a series.";

    private final URI url;
    private final Namespace given;

    private QueryCommand(Namespace given) {
        this.given = given;
        url = given.get("url");
    }

    static void declare(Subparsers verbs) {
        Subparser parser =
                Run.verb(
                        verbs,
                        "query",
                        DESCRIPTION,
                        (given, out) -> new QueryCommand(given).run(out));
        parser.addArgument("--url")
                .metavar("URL")
                .type(URI.class)
                .setDefault(URI.create("http://127.0.0.1:9090"))
                .help("The server; http://127.0.0.1:9090 if not given.");
        parser.addArgument("--time").metavar("TIME").help("Unix seconds or RFC 3339.");
        parser.addArgument("--json")
                .action(Arguments.storeTrue())
                .help("Prints the answer as it came.");
        parser.addArgument("expression").metavar("EXPRESSION");
    }

    private int run(PrintWriter out) throws InterruptedException {
        String body = ask();
        JsonNode answer = parse(body);
        if (given.getBoolean("json")) {
            out.println(body);
        } else if (answer.path("status").asString("").equals("success")) {
            print(answer.path("data"), out);
        } else {
            out.println(answer.path("error").asString("The server answered no reason."));
        }
        return answer.path("status").asString("").equals("success") ? 0 : 1;
    }

    private String ask() throws InterruptedException {
        String form =
                "query=" + URLEncoder.encode(given.getString("expression"), StandardCharsets.UTF_8);
        @Nullable String time = given.getString("time");
        if (time != null) {
            form += "&time=" + URLEncoder.encode(time, StandardCharsets.UTF_8);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve("/api/v1/query"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        String token = System.getenv("FRAMEWATCH_TOKEN");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "server_unreachable",
                            "No server answers at " + url + ".",
                            "Start one with `framewatch serve`, or name another with --url."),
                    e);
        }
    }

    private JsonNode parse(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new FaultException(
                    Fault.operator(
                            "server_answer",
                            "What answers at " + url + " is no Prometheus-compatible server.",
                            "Correct --url."),
                    e);
        }
    }

    private static void print(JsonNode data, PrintWriter out) {
        JsonNode result = data.path("result");
        switch (data.path("resultType").asString("")) {
            case "scalar", "string" -> out.println(result.path(1).asString(""));
            case "vector" -> {
                for (JsonNode series : result) {
                    JsonNode value = series.path("value").path(1);
                    String shown =
                            value.isMissingNode()
                                    ? series.path("histogram").path(1).toString()
                                    : value.asString("");
                    out.println(name(series.path("metric")) + "  " + shown);
                }
            }
            default -> out.println(result);
        }
    }

    private static String name(JsonNode metric) {
        String labels =
                metric.properties().stream()
                        .filter(label -> !label.getKey().equals("__name__"))
                        .map((Map.Entry<String, JsonNode> label) ->
                                label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
        return metric.path("__name__").asString("") + "{" + labels + "}";
    }
}
