/// The newest samples, in memory: complete from `hotStart` on for every series of a tenant, late
/// samples included, so that rules and recent panels never leave the process. It also settles
/// duplicates, and holds the index of active series.
///
/// A sample is entered before it is durable, so that two senders of the same sample meet here;
/// [io.framewatch.store.hot.Pending] lets the second wait for the first.
///
/// Samples lie compressed outside the heap: [io.framewatch.store.hot.SampleChain] writes those of a
/// series as blocks of bits into cells of [io.framewatch.store.hot.CellMemory],
/// [io.framewatch.store.hot.HotReader] reads them back into columns. Memory is counted, not
/// guessed; when [io.framewatch.store.hot.HotLimits] are reached,
/// [io.framewatch.store.hot.HotWindow] moves `hotStart` on. See
/// `docs/decisions/0030-compressed-hot-window.md`.
@NullMarked
package io.framewatch.store.hot;

import org.jspecify.annotations.NullMarked;
