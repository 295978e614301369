package io.framewatch.ingest.http;

import io.framewatch.ingest.config.ProxyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Chooses the proxy of a request by configuration or environment; hosts of `no_proxy` are reached
/// directly.
final class ConfiguredProxy extends ProxySelector {

    private static final int PORT_DEFAULT = 80;

    private final ProxyConfig config;
    private final Function<String, @Nullable String> environment;

    ConfiguredProxy(ProxyConfig config, Function<String, @Nullable String> environment) {
        this.config = config;
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        String proxy = config.url();
        String direct = config.noProxy();
        if (config.fromEnvironment()) {
            boolean tls = "https".equals(uri.getScheme());
            proxy = variable(tls ? "HTTPS_PROXY" : "HTTP_PROXY");
            direct = variable("NO_PROXY");
        }
        if (proxy.isEmpty() || isDirect(host, direct)) {
            return List.of(Proxy.NO_PROXY);
        }
        URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port = address.getPort() < 0 ? PORT_DEFAULT : address.getPort();
        InetSocketAddress at = InetSocketAddress.createUnresolved(address.getHost(), port);
        return List.of(new Proxy(Proxy.Type.HTTP, at));
    }

    private String variable(String name) {
        String upper = environment.apply(name);
        String lower = environment.apply(name.toLowerCase(Locale.ROOT));
        return upper != null ? upper : lower != null ? lower : "";
    }

    private static boolean isDirect(String host, String list) {
        for (String item : list.split(",")) {
            String name = item.strip();
            String bare = name.startsWith(".") ? name.substring(1) : name;
            boolean same = host.equalsIgnoreCase(bare);
            boolean below =
                    host.toLowerCase(Locale.ROOT).endsWith("." + bare.toLowerCase(Locale.ROOT));
            if (name.equals("*") || !bare.isEmpty() && (same || below)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request itself fails with the same reason.
    }
}
