/// As much of HTTP/1.1 (RFC 9112) as two of our own processes need to talk over a Unix socket:
/// heads, fixed-length and chunked bodies with trailers, kept-alive connections. Both ends use
/// [io.framewatch.engine.http.HttpConnection].
@NullMarked
package io.framewatch.engine.http;

import org.jspecify.annotations.NullMarked;
