/// The words of the whole program: what is measured, said, traced, and when.
///
/// A number is a sample: a [io.framewatch.model.Series] (tenant, id, [io.framewatch.model.Labels]),
/// a timestamp in milliseconds and a `double` or a [io.framewatch.model.NativeHistogram]; many of
/// them travel together in a [io.framewatch.model.SampleBatch]. Selectors are lists of
/// [io.framewatch.model.Matcher]. Whatever goes wrong and is somebody's turn to mend is a
/// [io.framewatch.model.Fault]. Only [io.framewatch.model.Clock] reads the time.
///
/// Nothing here does I/O and nothing here knows where data comes from or where it goes.
@NullMarked
package io.framewatch.model;

import org.jspecify.annotations.NullMarked;
