@NullMarked
package io.framewatch.query.promql.print;

import org.jspecify.annotations.NullMarked;
