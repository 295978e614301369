/// OpenTelemetry's export requests (OTLP, protobuf and JSON) to log entries and spans. Format:
/// opentelemetry-proto 1.x; in its JSON, ids are hexadecimal.
@NullMarked
package io.framewatch.wire.otlp;

import org.jspecify.annotations.NullMarked;
