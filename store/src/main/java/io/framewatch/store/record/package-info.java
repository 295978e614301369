/// What the store writes into its write-ahead log: [io.framewatch.store.record.MetricRecord],
/// [io.framewatch.store.record.LogRecord] and [io.framewatch.store.record.SpanRecord] for data,
/// [io.framewatch.store.record.FlushMark] for what the flusher does with it. The layout is
/// described in `docs/formats/wal-records.md`.
@NullMarked
package io.framewatch.store.record;

import org.jspecify.annotations.NullMarked;
