package io.framewatch.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Locale;

/// Closes the connection after the answer when the client asked for that, or speaks HTTP/1.0: the
/// web server announces it and then waits for another request. Thread safe.
final class CloseAsAsked implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        chain.proceed();
        String connection =
                req.headers().first(HeaderNames.CONNECTION).orElse("").toLowerCase(Locale.ROOT);
        String version = req.prologue().protocolVersion();
        boolean old = version.equals("1.0") && !connection.contains("keep-alive");
        if (res.isSent() && (old || connection.contains("close"))) {
            throw new CloseConnectionException("the client asked for it");
        }
    }
}
