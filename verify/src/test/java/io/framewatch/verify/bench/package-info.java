/// Benchmarks, started by `./bench`. Each prints a table; none asserts a time.
@NullMarked
package io.framewatch.verify.bench;

import org.jspecify.annotations.NullMarked;
