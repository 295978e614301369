@NullMarked
package io.framewatch.query.promql.check;

import org.jspecify.annotations.NullMarked;
