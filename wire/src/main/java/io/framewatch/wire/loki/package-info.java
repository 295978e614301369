/// Loki's push requests, JSON and protobuf, to log entries. Format: Loki's HTTP API reference,
/// "Ingest logs", and `pkg/push/push.proto`.
@NullMarked
package io.framewatch.wire.loki;

import org.jspecify.annotations.NullMarked;
