/// Tests of traces of segments.
@NullMarked
package io.framewatch.demo.trace;

import org.jspecify.annotations.NullMarked;
