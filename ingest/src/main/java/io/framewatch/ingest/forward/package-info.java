/// What comes in is sent on: samples by Prometheus remote write, as `remote_write` of a
/// `prometheus.yml` says, and metrics, log lines and spans by OTLP over HTTP or gRPC, as
/// `forward.otlp` of `framewatch.yml` says.
///
/// [io.framewatch.ingest.forward.ForwardingAppender] stands before the store and hands everything
/// that the store has taken to [io.framewatch.ingest.forward.Forwarder];
/// [io.framewatch.ingest.forward.SignalForwarder] does so for the other signals. It waits in the
/// spool on the disk ([io.framewatch.ingest.spool.Spool]). One
/// [io.framewatch.ingest.forward.Courier] per remote and kind of rows takes it from there, round by
/// round: an [io.framewatch.ingest.forward.Outlet] that knows the protocol parts rows into
/// requests, [io.framewatch.ingest.forward.Delivery] brings several at once, each again after
/// growing pauses.
@NullMarked
package io.framewatch.ingest.forward;

import org.jspecify.annotations.NullMarked;
