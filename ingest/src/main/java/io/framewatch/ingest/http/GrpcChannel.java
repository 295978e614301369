package io.framewatch.ingest.http;

import io.framewatch.ingest.config.TlsConfig;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The way to one gRPC server, made anew when a certificate file changes. Thread safe.
public final class GrpcChannel implements AutoCloseable {

    private static final int DEFAULT_PORT = 4317;
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private final URI address;
    private final TlsConfig tls;
    private @Nullable ManagedChannel channel;
    private List<Long> stamps = List.of();

    /// A way to `address`, `http` without and `https` with TLS; nothing is opened yet.
    public GrpcChannel(URI address, TlsConfig tls) {
        this.address = address;
        this.tls = tls;
    }

    /// The channel. After a failure it connects again at once, where gRPC itself would wait for up
    /// to two minutes. Throws [FetchException] if its certificates cannot be used.
    public synchronized ManagedChannel channel() throws FetchException {
        List<Long> now = HttpClients.stamps(tls);
        ManagedChannel open = channel;
        if (open != null && !stamps.equals(now)) {
            open.shutdown();
            open = null;
        }
        if (open == null) {
            open = open();
            channel = open;
            stamps = now;
        }
        open.resetConnectBackoff();
        return open;
    }

    private ManagedChannel open() throws FetchException {
        String authority = String.valueOf(address.getRawAuthority());
        boolean hasPort = authority.matches(".*:\\d+");
        NettyChannelBuilder builder =
                NettyChannelBuilder.forTarget(
                                "dns:///" + authority + (hasPort ? "" : ":" + DEFAULT_PORT))
                        .maxInboundMessageSize(ANSWER_BYTES_MAX)
                        .userAgent("Framewatch");
        if (!"https".equals(address.getScheme())) {
            return builder.usePlaintext().build();
        }
        SSLContext context = TlsContexts.context(tls);
        return builder.sslContext(
                        new JdkSslContext(
                                context,
                                true,
                                null,
                                IdentityCipherSuiteFilter.INSTANCE,
                                new ApplicationProtocolConfig(
                                        ApplicationProtocolConfig.Protocol.ALPN,
                                        ApplicationProtocolConfig.SelectorFailureBehavior
                                                .NO_ADVERTISE,
                                        ApplicationProtocolConfig.SelectedListenerFailureBehavior
                                                .ACCEPT,
                                        "h2"),
                                ClientAuth.NONE,
                                TlsContexts.parameters(tls, context).getProtocols(),
                                false))
                .build();
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            channel.shutdownNow();
        }
    }
}
