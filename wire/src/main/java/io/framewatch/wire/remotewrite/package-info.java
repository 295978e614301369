/// Prometheus remote write 1.0 (`prometheus.WriteRequest`) and 2.0
/// (`io.prometheus.write.v2.Request`), specifications <https://prometheus.io/docs/specs/prw/>:
/// decompressed bytes go into a [io.framewatch.wire.remotewrite.RequestReader], samples come out in
/// a batch. Series seen before are found by the bytes of their labels
/// ([io.framewatch.wire.remotewrite.SeriesByBytes]).
@NullMarked
package io.framewatch.wire.remotewrite;

import org.jspecify.annotations.NullMarked;
