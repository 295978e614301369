package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineCall;
import io.framewatch.engine.EngineException;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// ClickHouse on a server of the user's own, over TCP. Thread safe.
///
/// The server is asked to hold a result back until the query has ended (`wait_end_of_query`), since
/// an error after the first byte would look like a shorter answer.
public final class RemoteClickHouse extends HttpClickHouse {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// How long after its time limit an answer is waited for, for the server to tell itself.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int ERROR_BYTES_MAX = 64 << 10;

    /// ClickHouse's codes for an unknown user, a wrong password, and access denied.
    private static final List<Integer> REFUSED_LOGIN = List.of(192, 193, 194, 497, 516);

    private final RemoteServer server;
    private final String prefix;
    private final HttpClient client;
    private final Semaphore places;
    private final Duration grace;
    private final Tasks guards = new Tasks("clickhouse-client");

    /// A client of `server`; connects when first asked. Throws `clickhouse_ca` if its certificates
    /// cannot be read.
    public RemoteClickHouse(RemoteServer server) {
        this(server, GRACE);
    }

    RemoteClickHouse(RemoteServer server, Duration grace) {
        this.server = server;
        this.grace = grace;
        this.places = new Semaphore(server.callsMax());
        String url = server.url().toString();
        this.prefix = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT);
        if (server.caFile() != null) {
            builder.sslContext(TrustedCertificates.of(server.caFile()));
        }
        this.client = builder.build();
    }

    @Override
    Reply send(EngineCall call) {
        Duration patience = Duration.ofMillis(call.timeoutMs()).plus(grace);
        take(patience);
        boolean handedOver = false;
        try {
            HttpResponse<InputStream> response = exchangeTwice(call, patience);
            if (response.statusCode() != 200) {
                throw refused(response);
            }
            handedOver = true;
            return new Body(response.body(), patience);
        } catch (IOException failed) {
            throw gone(failed);
        } finally {
            if (!handedOver) {
                places.release();
            }
        }
    }

    private void take(Duration patience) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException(EngineException.BUSY, "ClickHouse has too much to do.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.CANCELLED, "Interrupted.");
        }
    }

    /// A kept connection may turn out dead. What is no insert is then sent again, once.
    private HttpResponse<InputStream> exchangeTwice(EngineCall call, Duration patience)
            throws IOException {
        try {
            return exchange(call, patience);
        } catch (ConnectException | HttpConnectTimeoutException none) {
            throw none;
        } catch (IOException dead) {
            if (call.data() != null) {
                throw dead;
            }
            return exchange(call, patience);
        }
    }

    private HttpResponse<InputStream> exchange(EngineCall call, Duration patience)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(prefix + call.target() + "&wait_end_of_query=1"))
                        .timeout(patience)
                        .header("X-ClickHouse-User", server.user())
                        .POST(BodyPublishers.ofByteArrays(arrays(call)));
        if (!server.password().isEmpty()) {
            request.header("X-ClickHouse-Key", server.password());
        }
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException unreachable) {
            throw unreachable;
        } catch (HttpTimeoutException late) {
            throw new EngineException(
                    EngineException.TIMEOUT, "ClickHouse did not answer in time.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.CANCELLED, "Interrupted.");
        }
    }

    private static List<byte[]> arrays(EngineCall call) {
        return call.body().stream().map(RemoteClickHouse::array).toList();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private RuntimeException refused(HttpResponse<InputStream> response) throws IOException {
        String text;
        try (InputStream body = response.body()) {
            text = new String(body.readNBytes(ERROR_BYTES_MAX), StandardCharsets.UTF_8).strip();
        }
        int code =
                response.headers()
                        .firstValue("X-ClickHouse-Exception-Code")
                        .filter(value -> value.matches("\\d{1,6}"))
                        .map(Integer::parseInt)
                        .orElse(0);
        int status = response.statusCode();
        if (REFUSED_LOGIN.contains(code) || status == 401 || status == 403) {
            return new FaultException(
                    Fault.operator(
                            "clickhouse_login",
                            "ClickHouse refuses the login of " + server + ".",
                            "Correct store.clickhouse.user and the password in passwordFile."));
        }
        if (code == 0) {
            return gone(new IOException("HTTP status " + status));
        }
        return new EngineException(code, text);
    }

    private FaultException gone(Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new FaultException(
                Fault.later(
                        "engine_gone",
                        "ClickHouse at " + server.url() + " does not answer: " + why + ".",
                        "Look at the server and store.clickhouse.url; what is sent meanwhile is"
                                + " kept in the log."),
                cause);
    }

    private final class Body implements Reply {

        private final InputStream in;
        private byte @Nullable [] piece;
        private final Future<?> guard;
        private volatile boolean timedOut;
        private boolean open = true;

        private Body(InputStream in, Duration patience) {
            this.in = in;
            this.guard = guards.after("clickhouse-timeout", patience, this::timeOut);
        }

        private void timeOut() {
            timedOut = true;
            closeQuietly(in);
        }

        @Override
        public int read(ByteBuffer target) {
            try {
                if (target.hasArray()) {
                    int at = target.arrayOffset() + target.position();
                    int read = in.read(target.array(), at, target.remaining());
                    target.position(target.position() + Math.max(0, read));
                    return read;
                }
                byte[] own = piece == null ? new byte[8 << 10] : piece;
                piece = own;
                int read = in.read(own, 0, Math.min(own.length, target.remaining()));
                target.put(own, 0, Math.max(0, read));
                return read;
            } catch (IOException broken) {
                if (timedOut) {
                    throw new EngineException(
                            EngineException.TIMEOUT, "ClickHouse did not answer in time.");
                }
                throw gone(broken);
            }
        }

        @Override
        public void close() {
            if (!open) {
                return;
            }
            open = false;
            guard.cancel(false);
            places.release();
            closeQuietly(in);
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException alreadyGone) {
            // Nothing is lost with it.
        }
    }

    @Override
    public void close() {
        guards.close();
        client.shutdownNow();
        client.close();
    }
}
