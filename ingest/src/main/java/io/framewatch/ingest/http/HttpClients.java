package io.framewatch.ingest.http;

import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.model.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// HTTP clients by TLS and proxy settings, made anew when a certificate file changes. Thread safe.
///
/// The hosts of one setting are spread over [#SHARDS] clients: the JDK's client keeps its idle
/// connections in one list that it walks at each request, a tenth of all time at 5,000 targets.
public final class HttpClients implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// Most clients of one setting.
    static final int SHARDS = 8;

    private record Key(TlsConfig tls, ProxyConfig proxy, int shard) {}

    private record Entry(HttpClient client, List<Long> stamps) {}

    private final Map<Key, Entry> clients = new HashMap<>();
    private @Nullable PlainHttp plain;
    private final ExecutorService executor =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());

    /// The client for few hosts with these settings. Throws [FetchException] if its certificates
    /// cannot be used.
    public HttpClient client(TlsConfig tls, ProxyConfig proxy) throws FetchException {
        return client(tls, proxy, 0);
    }

    /// The client for requests to `uri`, one host of many, with these settings. Throws
    /// [FetchException] if its certificates cannot be used.
    public HttpClient client(TlsConfig tls, ProxyConfig proxy, URI uri) throws FetchException {
        int hash = String.valueOf(uri.getRawAuthority()).hashCode();
        return client(tls, proxy, Math.floorMod(hash, SHARDS));
    }

    /// The way to hosts without TLS and proxy; `clock` tells it which connections are too old.
    synchronized PlainHttp plain(Clock clock) {
        PlainHttp known = plain;
        if (known == null) {
            known = new PlainHttp(clock);
            plain = known;
        }
        return known;
    }

    private synchronized HttpClient client(TlsConfig tls, ProxyConfig proxy, int shard)
            throws FetchException {
        Key key = new Key(tls, proxy, shard);
        List<Long> stamps = stamps(tls);
        Entry entry = clients.get(key);
        if (entry == null || !entry.stamps.equals(stamps)) {
            if (entry != null) {
                entry.client.shutdown();
            }
            entry = new Entry(make(tls, proxy), stamps);
            clients.put(key, entry);
        }
        return entry.client;
    }

    private HttpClient make(TlsConfig tls, ProxyConfig proxy) throws FetchException {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .executor(executor);
        if (!tls.equals(TlsConfig.DEFAULT)) {
            SSLContext context = TlsContexts.context(tls);
            builder.sslContext(context).sslParameters(TlsContexts.parameters(tls, context));
        }
        if (!proxy.equals(ProxyConfig.NONE)) {
            builder.proxy(new ConfiguredProxy(proxy, System::getenv));
        }
        return builder.build();
    }

    /// When the files of these settings changed last.
    static List<Long> stamps(TlsConfig tls) {
        Path key = tls.key() instanceof SecretSource.InFile(Path path) ? path : null;
        List<Long> stamps = new ArrayList<>();
        Stream.of(modified(tls.caFile()), modified(tls.certFile()), modified(key))
                .forEach(stamps::add);
        return stamps;
    }

    private static long modified(@Nullable Path file) {
        try {
            return file == null ? 0 : Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(entry -> entry.client.shutdownNow());
        clients.clear();
        executor.shutdownNow();
        if (plain != null) {
            plain.close();
        }
    }
}
