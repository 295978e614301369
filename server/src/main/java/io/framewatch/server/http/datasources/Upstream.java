package io.framewatch.server.http.datasources;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.ingest.http.Secrets;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.DatasourceSettings;
import io.framewatch.server.outbound.BoundedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks a data source: with this server's credentials and nothing of the caller's but the question,
/// within a time and a size, following no redirect. Thread safe.
final class Upstream implements AutoCloseable {

    /// Longest answer passed on, bytes.
    static final int ANSWER_BYTES_MAX = 32 << 20;

    private static final int ASKED_MAX = 16;
    private static final long WAIT_MS = Duration.ofSeconds(10).toMillis();

    private final HttpClients clients = new HttpClients();
    private final Semaphore places = new Semaphore(ASKED_MAX);

    /// What a data source answered.
    ///
    /// @param status HTTP status, neither a redirect nor a demand for credentials
    /// @param type `application/json`, or `text/plain` for everything else
    /// @param body the body
    record Answer(int status, String type, byte[] body) {}

    /// @param pathAndQuery what is asked, below the source's address
    /// @param form a posted form, or null for a GET
    Answer ask(DatasourceSettings source, String pathAndQuery, byte @Nullable [] form) {
        try {
            if (!places.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                throw new FaultException(
                        Fault.later(
                                "datasource_busy",
                                "As many questions to other servers are under way as may be.",
                                "Ask again soon."));
            }
            try {
                return send(source, request(source, pathAndQuery, form));
            } finally {
                places.release();
            }
        } catch (FetchException | IOException e) {
            throw unreachable(source, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(source, e);
        }
    }

    private static HttpRequest request(
            DatasourceSettings source, String pathAndQuery, byte @Nullable [] form)
            throws FetchException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(source.url() + pathAndQuery))
                        .header("Accept", "application/json");
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(form));
        }
        switch (source.auth()) {
            case HttpAuth.Header header ->
                    request.header(
                            "Authorization",
                            header.type() + " " + Secrets.read(header.credentials()));
            case HttpAuth.Basic basic -> {
                String pair = Secrets.read(basic.username()) + ":" + Secrets.read(basic.password());
                byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getEncoder().encodeToString(bytes);
                request.header("Authorization", "Basic " + encoded);
            }
            case HttpAuth.None _, HttpAuth.OAuth2 _ -> {}
        }
        return request.build();
    }

    private Answer send(DatasourceSettings source, HttpRequest request)
            throws FetchException, IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response =
                    BoundedHttp.ask(
                            clients.client(source.tls(), ProxyConfig.NONE),
                            request,
                            ANSWER_BYTES_MAX,
                            source.timeoutMs());
        } catch (BoundedHttp.TooLargeException e) {
            throw new FaultException(
                    Fault.caller(
                            "datasource_answer_too_large",
                            "The data source " + source.name() + " answers more than 32 MiB.",
                            "Ask for fewer series, a shorter range or a longer step."),
                    e);
        } catch (HttpTimeoutException e) {
            throw new FaultException(
                    Fault.later(
                            "datasource_timeout",
                            "The data source "
                                    + source.name()
                                    + " did not answer within "
                                    + source.timeoutMs()
                                    + " ms.",
                            "Ask for less, or have its `timeout` raised."),
                    e);
        }
        return answer(source, response);
    }

    private static Answer answer(DatasourceSettings source, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 == 3) {
            throw operator(source, "leads elsewhere", "Correct its `url`.");
        }
        if (status == 401 || status == 403) {
            throw operator(
                    source,
                    "refuses this server's credentials",
                    "Correct its `tokenFile`, `tokenEnv` or `basicAuth`.");
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        boolean json = type.toLowerCase(Locale.ROOT).startsWith("application/json");
        return new Answer(
                status, json ? "application/json" : "text/plain; charset=utf-8", response.body());
    }

    private static FaultException operator(DatasourceSettings source, String what, String todo) {
        return new FaultException(
                Fault.operator(
                        "datasource_refused",
                        "The data source " + source.name() + " " + what + ".",
                        todo));
    }

    private static FaultException unreachable(DatasourceSettings source, Exception e) {
        return new FaultException(
                Fault.later(
                        "datasource_unreachable",
                        "The data source " + source.name() + " does not answer.",
                        "Look whether it runs, and at its `url` and `caFile`."),
                e);
    }

    @Override
    public void close() {
        clients.close();
    }
}
