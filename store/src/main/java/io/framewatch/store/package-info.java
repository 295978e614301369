/// Where data is kept. [io.framewatch.store.MetricStore] is the contract for numbers, split by who
/// uses it: ingest appends through [io.framewatch.store.MetricAppender], queries read through
/// [io.framewatch.store.MetricSelect]. Lines and spans come in through
/// [io.framewatch.store.LogAppender] and [io.framewatch.store.TraceAppender].
///
/// The in-memory implementation is the reference that every other one is tested against, by the
/// same contract test.
@NullMarked
package io.framewatch.store;

import org.jspecify.annotations.NullMarked;
