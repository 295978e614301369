/// States and measures as series, so that rules, dashboards and queries see what the page sees.
///
/// [io.framewatch.video.metrics.StreamMetrics] appends one sample of each series about every
/// second. The names are listed in `docs/reference/metrics.md`.
@NullMarked
package io.framewatch.video.metrics;

import org.jspecify.annotations.NullMarked;
