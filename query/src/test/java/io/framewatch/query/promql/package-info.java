@NullMarked
package io.framewatch.query.promql;

import org.jspecify.annotations.NullMarked;
