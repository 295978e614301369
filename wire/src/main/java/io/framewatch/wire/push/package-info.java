/// What pushes of numbers have in common, whichever protocol they come by: where the decoded parts
/// go ([io.framewatch.wire.push.MetricSink]) and how much one push may carry.
@NullMarked
package io.framewatch.wire.push;

import org.jspecify.annotations.NullMarked;
