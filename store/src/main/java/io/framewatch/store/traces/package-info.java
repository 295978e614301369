/// The durable store for spans: [io.framewatch.store.traces.EngineTraceStore]. A span goes through
/// the write-ahead log into memory, and a second later into the engine; a read takes from the
/// engine what the flusher has confirmed and from memory the rest, and leaves out what is there
/// twice because it was sent twice.
@NullMarked
package io.framewatch.store.traces;

import org.jspecify.annotations.NullMarked;
