/// Prometheus remote read (`prometheus.ReadRequest` and `ReadResponse`, `prompb/remote.proto`):
/// [io.framewatch.wire.remoteread.ReadRequest] reads what is asked,
/// [io.framewatch.wire.remoteread.ReadResponseWriter] writes the samples.
@NullMarked
package io.framewatch.wire.remoteread;

import org.jspecify.annotations.NullMarked;
