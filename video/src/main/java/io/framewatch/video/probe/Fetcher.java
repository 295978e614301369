package io.framewatch.video.probe;

import io.framewatch.model.Clock;
import io.framewatch.model.Lazy;
import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.state.Arrival;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Gets things over HTTP within bounds of time and size, and tells failures apart. Thread safe.
final class Fetcher implements AutoCloseable {

    private final ProbeSettings settings;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// Made for the first stream: it reads the trusted certificates, which a server that watches
    /// nothing should not wait for.
    private final Lazy<HttpClient> client = new Lazy<>(this::newClient);

    Fetcher(ProbeSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectMax())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .executor(threads)
                .build();
    }

    /// Gets `uri`; `range` is a value of the Range header, or null. At most `bytesMax` are read.
    Fetched get(URI uri, @Nullable String range, int bytesMax) throws InterruptedException {
        long startNs = clock.nanoTime();
        AtomicLong headNs = new AtomicLong(startNs);
        HttpResponse.BodyHandler<byte[]> body =
                head -> {
                    headNs.set(clock.nanoTime());
                    return HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), bytesMax)
                            .apply(head);
                };
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            answer = client.get().sendAsync(request(uri, range), body);
        } catch (IllegalArgumentException e) {
            return new Fetched.Failure(Arrival.ERROR, "an address that HTTP cannot ask for");
        }
        try {
            HttpResponse<byte[]> got =
                    answer.get(settings.answerMax().toMillis(), TimeUnit.MILLISECONDS);
            long endNs = clock.nanoTime();
            return status(got, (headNs.get() - startNs) / 1_000_000, (endNs - startNs) / 1_000_000);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Fetched.Failure(
                    Arrival.TIMEOUT,
                    "no whole answer within " + settings.answerMax().toSeconds() + " s");
        } catch (ExecutionException e) {
            return failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private HttpRequest request(URI uri, @Nullable String range) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(withoutUser(uri))
                        .timeout(settings.answerMax())
                        .header("User-Agent", "framewatch-probe");
        if (range != null) {
            request.header("Range", range);
        }
        if (uri.getUserInfo() != null) {
            byte[] user = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        return request.build();
    }

    private static URI withoutUser(URI uri) {
        String user = uri.getRawUserInfo();
        return user == null ? uri : URI.create(uri.toString().replace(user + "@", ""));
    }

    private static Fetched status(HttpResponse<byte[]> got, long ttfbMs, long totalMs) {
        int status = got.statusCode();
        String detail = "HTTP " + status;
        return switch (status) {
            case 200, 206 -> new Fetched.Body(got.body(), ttfbMs, totalMs, context(got));
            case 404, 410 -> new Fetched.Failure(Arrival.NOT_FOUND, detail);
            case 401, 403 -> new Fetched.Failure(Arrival.DENIED, detail);
            default -> new Fetched.Failure(Arrival.ERROR, detail);
        };
    }

    private static @Nullable TraceContext context(HttpResponse<?> got) {
        return got.headers()
                .firstValue("Server-Timing")
                .map(TraceContext::ofServerTiming)
                .orElse(null);
    }

    private Fetched.Failure failure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                return new Fetched.Failure(Arrival.UNRESOLVED, "the name has no address");
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return new Fetched.Failure(
                        Arrival.TIMEOUT,
                        "no connection within " + settings.connectMax().toSeconds() + " s");
            }
            if (cause instanceof HttpTimeoutException) {
                return new Fetched.Failure(
                        Arrival.TIMEOUT,
                        "no answer within " + settings.answerMax().toSeconds() + " s");
            }
            if (cause instanceof SSLException) {
                return new Fetched.Failure(Arrival.ERROR, "TLS failed");
            }
        }
        if (thrown instanceof ConnectException) {
            return new Fetched.Failure(Arrival.REFUSED, "connection refused");
        }
        if (thrown instanceof IOException && isTooLarge(thrown)) {
            return new Fetched.Failure(Arrival.BAD_DATA, "the answer is larger than allowed");
        }
        return new Fetched.Failure(Arrival.ERROR, "the connection broke");
    }

    /// What the JDK's limiting body handler says when its capacity is exceeded.
    private static boolean isTooLarge(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.contains("exceeds capacity")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        client.made().ifPresent(HttpClient::shutdownNow);
        threads.shutdownNow();
    }
}
