/// The reference store: plain columns in memory, nothing on disk. It is what every other store is
/// compared with, and what tests of queries and rules run on.
@NullMarked
package io.framewatch.store.memory;

import org.jspecify.annotations.NullMarked;
