/// Prometheus remote write 1.0 (`prometheus.WriteRequest`, specification
/// <https://prometheus.io/docs/specs/prw/remote_write_spec/>): decompressed bytes go into
/// [io.framewatch.wire.remotewrite.WriteRequestReader], samples come out in a batch. Series seen
/// before are found by the bytes of their labels ([io.framewatch.wire.remotewrite.SeriesByBytes]).
@NullMarked
package io.framewatch.wire.remotewrite;

import org.jspecify.annotations.NullMarked;
