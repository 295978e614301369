/// What comes in is sent on by Prometheus remote write, as `remote_write` of a `prometheus.yml`
/// says. [io.framewatch.ingest.forward.ForwardingAppender] stands before the store and hands
/// everything that the store has taken to [io.framewatch.ingest.forward.Forwarder], which keeps one
/// [io.framewatch.ingest.forward.RemoteQueue] per remote: a bounded queue in memory, relabelling,
/// batches, retries with growing pauses.
@NullMarked
package io.framewatch.ingest.forward;

import org.jspecify.annotations.NullMarked;
