/// The house rules as tests: sizes, tours, banned calls, documentation that keeps up, arrows that
/// point one way.
@NullMarked
package io.framewatch.verify.rules;

import org.jspecify.annotations.NullMarked;
