@NullMarked
package io.framewatch.query.promql.parse;

import org.jspecify.annotations.NullMarked;
