package io.framewatch.ingest.http;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.model.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Makes requests within a time and a size: credentials, gzip, redirects. Credentials are not sent
/// on to another host. Thread safe.
public final class HttpFetch {

    private static final String AUTHORIZATION = "Authorization";

    /// Most redirects followed.
    public static final int REDIRECTS_MAX = 10;

    private final HttpClients clients;
    private final Clock clock;
    private final OAuthTokens tokens;
    private final UnderscoreHosts hosts;

    /// Requests through `clients`; time is measured by `clock`.
    public HttpFetch(HttpClients clients, Clock clock) {
        this(clients, clock, InetAddress::getByName);
    }

    HttpFetch(HttpClients clients, Clock clock, UnderscoreHosts.Resolver resolver) {
        this.hosts = new UnderscoreHosts(resolver);
        this.clients = clients;
        this.clock = clock;
        this.tokens = new OAuthTokens(clients, clock);
    }

    /// Fetches `uri`.
    ///
    /// @param bytesMax most bytes of the body, compressed and decompressed alike
    /// @param timeoutMs longest time for everything, milliseconds
    /// @param headers further headers
    public Answer get(
            HttpClientConfig config,
            URI uri,
            Map<String, String> headers,
            long bytesMax,
            long timeoutMs)
            throws FetchException, InterruptedException {
        return get(new FetchRequest(config, uri, headers), bytesMax, timeoutMs);
    }

    /// Fetches what `wanted` says; otherwise the same.
    public Answer get(FetchRequest wanted, long bytesMax, long timeoutMs)
            throws FetchException, InterruptedException {
        long deadlineNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        HttpClientConfig config = wanted.config();
        URI at = wanted.uri();
        HttpRequest request = first(wanted, timeoutMs);
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            Reply reply =
                    isPlain(config, request.uri())
                            ? sendPlain(request, bytesMax, deadlineNs)
                            : send(
                                    clients.client(config.tls(), config.proxy(), at),
                                    request,
                                    bytesMax,
                                    deadlineNs);
            boolean redirected = reply.status() / 100 == 3 && !reply.location().isEmpty();
            if (!redirected || !config.followRedirects()) {
                return answer(reply, bytesMax);
            }
            at = redirect(at, reply.location());
            boolean trusted = sameOrigin(wanted.uri(), at);
            request = request(config, at, wanted.headers(), trusted, timeoutMs);
        }
        throw new FetchException("more than " + REDIRECTS_MAX + " redirects");
    }

    private HttpRequest first(FetchRequest wanted, long timeoutMs)
            throws FetchException, InterruptedException {
        HttpRequest ready = wanted.ready();
        if (ready != null) {
            return ready;
        }
        HttpRequest made =
                request(wanted.config(), wanted.uri(), wanted.headers(), true, timeoutMs);
        wanted.made(made);
        return made;
    }

    /// Posts `body` to `uri`; redirects are not followed.
    ///
    /// @param bytesMax most bytes of the answer's body, compressed and decompressed alike
    /// @param timeoutMs longest time for everything, milliseconds
    public Answer post(
            HttpClientConfig config,
            URI uri,
            Map<String, String> headers,
            byte[] body,
            long bytesMax,
            long timeoutMs)
            throws FetchException, InterruptedException {
        long deadlineNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        HttpClient client = clients.client(config.tls(), config.proxy());
        HttpRequest get = request(config, uri, headers, true, timeoutMs);
        HttpRequest post =
                HttpRequest.newBuilder(get, (_, _) -> true)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return answer(send(client, post, bytesMax, deadlineNs), bytesMax);
    }

    /// Opens `uri` for an answer that goes on and on; redirects are not followed. The stream must
    /// be closed, from any thread, which ends the exchange.
    ///
    /// @param timeoutMs longest time until the answer begins, milliseconds
    public OpenAnswer open(
            HttpClientConfig config, URI uri, Map<String, String> headers, long timeoutMs)
            throws FetchException, InterruptedException {
        HttpClient client = clients.client(config.tls(), config.proxy(), uri);
        HttpRequest request = request(config, uri, headers, true, timeoutMs);
        HttpResponse<InputStream> response =
                await(
                        uri,
                        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()),
                        TimeUnit.MILLISECONDS.toNanos(timeoutMs));
        return new OpenAnswer(response.statusCode(), response.body());
    }

    private static URI redirect(URI from, String location) throws FetchException {
        try {
            URI to = from.resolve(location);
            String scheme = String.valueOf(to.getScheme());
            boolean named = to.getHost() != null || UnderscoreHosts.has(to);
            if (named && (scheme.equals("http") || scheme.equals("https"))) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            throw new FetchException("redirected to an address that is none", e);
        }
        throw new FetchException("redirected to an address that is neither http nor https");
    }

    /// Hosts with an underscore are none to [URI], which then has neither host nor port.
    private static boolean sameOrigin(URI a, URI b) {
        boolean sameHost =
                a.getHost() == null || b.getHost() == null
                        ? String.valueOf(a.getRawAuthority())
                                .equalsIgnoreCase(String.valueOf(b.getRawAuthority()))
                        : a.getHost().equalsIgnoreCase(b.getHost());
        return sameHost
                && a.getPort() == b.getPort()
                && String.valueOf(a.getScheme()).equalsIgnoreCase(String.valueOf(b.getScheme()));
    }

    private HttpRequest request(
            HttpClientConfig config,
            URI uri,
            Map<String, String> headers,
            boolean trusted,
            long timeoutMs)
            throws FetchException, InterruptedException {
        UnderscoreHosts.Reached reached = hosts.reach(uri);
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(reached.uri()).GET();
            headers.forEach(builder::setHeader);
            if (!reached.host().isEmpty()) {
                builder.setHeader("Host", reached.host());
            }
            if (trusted) {
                String authorization = authorization(config.auth(), timeoutMs);
                if (!authorization.isEmpty()) {
                    builder.setHeader(AUTHORIZATION, authorization);
                }
                further(config, builder::header);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new FetchException("not a valid address or header", e);
        }
    }

    /// Hands each header that the settings ask for, credentials first, to `sink`: for requests that
    /// somebody else makes.
    public void headers(HttpClientConfig config, long timeoutMs, BiConsumer<String, String> sink)
            throws FetchException, InterruptedException {
        String authorization = authorization(config.auth(), timeoutMs);
        if (!authorization.isEmpty()) {
            sink.accept(AUTHORIZATION, authorization);
        }
        further(config, sink);
    }

    private static void further(HttpClientConfig config, BiConsumer<String, String> sink)
            throws FetchException {
        for (Map.Entry<String, List<SecretSource>> header : config.headers().entrySet()) {
            for (SecretSource value : header.getValue()) {
                sink.accept(header.getKey(), Secrets.read(value));
            }
        }
    }

    private String authorization(HttpAuth auth, long timeoutMs)
            throws FetchException, InterruptedException {
        return switch (auth) {
            case HttpAuth.None _ -> "";
            case HttpAuth.Basic basic -> {
                String pair = Secrets.read(basic.username()) + ":" + Secrets.read(basic.password());
                byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getEncoder().encodeToString(bytes);
                yield "Basic " + encoded;
            }
            case HttpAuth.Header header -> header.type() + " " + Secrets.read(header.credentials());
            case HttpAuth.OAuth2 oauth -> "Bearer " + tokens.token(oauth, timeoutMs);
        };
    }

    private static boolean isPlain(HttpClientConfig config, URI uri) {
        return "http".equals(uri.getScheme())
                && uri.getHost() != null
                && config.proxy().equals(ProxyConfig.NONE)
                && System.getProperty("http.proxyHost") == null;
    }

    private Reply sendPlain(HttpRequest request, long bytesMax, long deadlineNs)
            throws FetchException, InterruptedException {
        try {
            return clients.plain(clock).get(request, bytesMax, deadlineNs);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            throw new FetchException(reason(request.uri().getHost(), e), e);
        }
    }

    private Reply send(HttpClient client, HttpRequest request, long bytesMax, long deadlineNs)
            throws FetchException, InterruptedException {
        return Reply.of(
                await(
                        request.uri(),
                        client.sendAsync(request, _ -> new CappedBody(bytesMax)),
                        deadlineNs - clock.nanoTime()));
    }

    /// Waits for an answer and cancels the exchange when the time is up.
    static <T> HttpResponse<T> await(
            URI uri, CompletableFuture<HttpResponse<T>> future, long leftNs)
            throws FetchException, InterruptedException {
        try {
            return future.get(Math.max(1, leftNs), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new FetchException("timed out: no complete answer in time", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String host = String.valueOf(uri.getHost());
            throw new FetchException(reason(host, cause == null ? e : cause), e);
        }
    }

    private static String reason(String host, Throwable cause) {
        for (@Nullable Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                return "there is no host named " + host;
            }
        }
        Throwable inner = cause;
        while (inner.getMessage() == null && inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage();
        return switch (cause) {
            case HttpConnectTimeoutException _ -> "timed out while connecting";
            case SocketTimeoutException _ -> "timed out: no complete answer in time";
            case ConnectException _ ->
                    message == null || message.equalsIgnoreCase("connection refused")
                            ? "connection refused"
                            : "connection refused: " + message;
            default -> message == null ? cause.getClass().getSimpleName() : message;
        };
    }

    private static Answer answer(Reply reply, long bytesMax) throws FetchException {
        String encoding = reply.encoding();
        try {
            Body body =
                    switch (encoding) {
                        case "", "identity" -> reply.body();
                        case "gzip", "x-gzip" -> Gunzip.body(reply.body(), bytesMax);
                        default -> throw new FetchException("unknown content encoding " + encoding);
                    };
            return new Answer(reply.status(), reply.contentType(), reply.retryAfter(), body);
        } catch (IOException e) {
            throw new FetchException(
                    e instanceof BodyTooLargeException
                            ? String.valueOf(e.getMessage())
                            : "not valid gzip: " + e.getMessage(),
                    e);
        }
    }
}
