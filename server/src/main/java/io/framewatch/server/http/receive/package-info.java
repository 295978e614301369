/// Where data comes in: remote write, Loki push, OTLP over HTTP and gRPC. Bodies are unpacked
/// within their limits, read by module `wire`, and appended to the stores; the answer goes out when
/// they have it.
@NullMarked
package io.framewatch.server.http.receive;

import org.jspecify.annotations.NullMarked;
