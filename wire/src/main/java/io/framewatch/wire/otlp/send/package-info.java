/// Model to OTLP, and OTLP cut to size: what is sent on to other servers.
///
/// [io.framewatch.wire.otlp.send.LineExport], [io.framewatch.wire.otlp.send.SpanExport] and
/// [io.framewatch.wire.otlp.send.PointExport] make export requests of log lines, spans and samples;
/// [io.framewatch.wire.otlp.send.OtlpParts] cuts a request into parts of bounded size;
/// [io.framewatch.wire.otlp.send.OtlpAnswer] reads what the other server says.
@NullMarked
package io.framewatch.wire.otlp.send;

import org.jspecify.annotations.NullMarked;
