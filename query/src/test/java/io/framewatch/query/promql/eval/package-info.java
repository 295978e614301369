/// Tests of evaluation by its parts.
@NullMarked
package io.framewatch.query.promql.eval;

import org.jspecify.annotations.NullMarked;
