package io.framewatch.server.http;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;

/// The listening HTTP server. Requests run on virtual threads. Thread safe.
public final class HttpListener implements AutoCloseable {

    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final int REQUEST_LINE_BYTES_MAX = 64 * 1024;

    /// A body announced with up to so many times the limit is read to its end and refused, so that
    /// its sender gets to read why; one announced with more is refused at once, and its sender may
    /// see a closed connection only.
    private static final long DECLARED_BODIES = 2;

    private static final Duration IDLE = Duration.ofMinutes(2);

    private final WebServer server;
    private final ListenSettings listen;
    private final SlowSenders slowSenders;

    private HttpListener(WebServer server, ListenSettings listen, SlowSenders slowSenders) {
        this.slowSenders = slowSenders;
        this.server = server;
        this.listen = listen;
    }

    /// Binds and answers from then on. A busy port is replaced by a free one unless it is fixed.
    ///
    /// Throws `port_busy` or `listen_address`.
    ///
    /// @param filters asked in this order before any endpoint
    public static HttpListener start(
            ListenSettings listen,
            LimitSettings limits,
            List<Filter> filters,
            List<Endpoints> endpoints) {
        try {
            return bind(listen, limits, filters, endpoints);
        } catch (FaultException e) {
            if (listen.portFixed() || !e.fault().code().equals("port_busy")) {
                throw e;
            }
            ListenSettings free = new ListenSettings(listen.host(), 0, false);
            return bind(free, limits, filters, endpoints);
        }
    }

    private static HttpListener bind(
            ListenSettings listen,
            LimitSettings limits,
            List<Filter> filters,
            List<Endpoints> endpoints) {
        HttpRouting.Builder routing = HttpRouting.builder();
        FaultAnswers.addTo(routing);
        SlowSenders slowSenders = new SlowSenders(limits.readTimeoutMs(), Clock.system());
        routing.addFilter(new CloseAsAsked());
        routing.addFilter(new SecurityHeaders());
        routing.addFilter(new RetryLater());
        routing.addFilter(slowSenders);
        filters.forEach(routing::addFilter);
        endpoints.forEach(group -> group.addTo(routing));
        WebServer server = config(listen, limits).routing(routing).build();
        try {
            return new HttpListener(server.start(), listen, slowSenders);
        } catch (RuntimeException e) {
            slowSenders.close();
            throw notBound(listen, e);
        }
    }

    private static WebServerConfig.Builder config(ListenSettings listen, LimitSettings limits) {
        return WebServer.builder()
                .shutdownHook(false)
                .host(listen.host())
                .port(listen.port())
                .shutdownGracePeriod(Duration.ofMillis(500))
                .maxTcpConnections(limits.connectionsMax())
                .maxConcurrentRequests(limits.requestsMax())
                .maxPayloadSize(limits.requestBytesMax() * DECLARED_BODIES)
                .directHandlers(FaultAnswers.direct())
                .idleConnectionTimeout(IDLE)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .addProtocol(
                        Http1Config.builder()
                                .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                                .maxHeadersSize(HEADER_BYTES_MAX)
                                .validatePrologue(false) // only the query: see ApiRequest
                                .build())
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .addContentEncoding(new PassThroughEncoding())
                                .build());
    }

    private static FaultException notBound(ListenSettings listen, RuntimeException e) {
        String at = listen.host() + ":" + listen.port();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException && String.valueOf(cause).contains("in use")) {
                return new FaultException(
                        Fault.operator(
                                "port_busy",
                                "Another program listens on " + at + " already.",
                                "Stop it or choose another port with --listen."),
                        e);
            }
            if (cause instanceof BindException || cause instanceof UnresolvedAddressException) {
                return new FaultException(
                        Fault.operator(
                                "listen_address",
                                "The address "
                                        + at
                                        + " cannot be listened on: "
                                        + cause.getMessage()
                                        + ".",
                                "Give --listen an address of this machine."),
                        e);
            }
        }
        return new FaultException(Fault.defect("The HTTP server did not start on " + at + "."), e);
    }

    /// The port actually listened on.
    public int port() {
        return server.port();
    }

    /// Where a browser on this machine finds the server, without a slash at the end.
    public URI address() {
        String host = listen.host();
        boolean any =
                new InetSocketAddress(host, 0).getAddress() != null
                        && new InetSocketAddress(host, 0).getAddress().isAnyLocalAddress();
        String name =
                any
                        ? "127.0.0.1"
                        : host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port());
    }

    /// Whether the port asked for was busy and another one was taken.
    public boolean portReplaced(ListenSettings asked) {
        return asked.port() != 0 && asked.port() != port();
    }

    /// Stops listening and ends open connections.
    @Override
    public void close() {
        server.stop();
        slowSenders.close();
    }
}
