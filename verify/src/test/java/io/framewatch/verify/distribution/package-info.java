/// The packaged program as a user has it: a process of its own, seen from outside.
@NullMarked
package io.framewatch.verify.distribution;

import org.jspecify.annotations.NullMarked;
