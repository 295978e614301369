/// The newest samples, in memory: complete from `hotStart` on for every series of a tenant, late
/// samples included, so that rules and recent panels never leave the process. It also settles
/// duplicates, and holds the index of active series.
///
/// A sample is entered before it is durable, so that two senders of the same sample meet here;
/// [io.framewatch.store.hot.Pending] lets the second wait for the first.
@NullMarked
package io.framewatch.store.hot;

import org.jspecify.annotations.NullMarked;
