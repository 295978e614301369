/// The durable store for log lines: [io.framewatch.store.logs.EngineLogStore]. A line goes through
/// the write-ahead log into memory, and a second later into the engine; a select takes from the
/// engine what the flusher has confirmed and from memory the rest, and merges the two in order.
/// [io.framewatch.store.logs.LogCursor] reads the engine's part in pages.
@NullMarked
package io.framewatch.store.logs;

import org.jspecify.annotations.NullMarked;
