/// Which series there are: [io.framewatch.store.index.SeriesIds] gives each its 64-bit id,
/// [io.framewatch.store.index.SeriesIndex] finds the series that matchers accept through postings
/// per label pair.
@NullMarked
package io.framewatch.store.index;

import org.jspecify.annotations.NullMarked;
