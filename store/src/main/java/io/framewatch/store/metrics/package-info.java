/// The durable store for numbers: [io.framewatch.store.metrics.EngineMetricStore].
///
/// In: duplicates are settled in the hot window, the rest goes into the write-ahead log with one
/// shared sync, then the call returns; the flusher moves it into the engine. Out: a select that the
/// hot window covers wholly is answered there, every other one wholly by the engine, after all that
/// was appended before it has been flushed.
@NullMarked
package io.framewatch.store.metrics;

import org.jspecify.annotations.NullMarked;
