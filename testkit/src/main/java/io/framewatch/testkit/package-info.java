/// What tests stand on: a clock moved by hand, seeded generators, fakes that are tested themselves.
/// Never shipped.
@NullMarked
package io.framewatch.testkit;

import org.jspecify.annotations.NullMarked;
