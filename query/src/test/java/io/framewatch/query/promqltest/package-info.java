@NullMarked
package io.framewatch.query.promqltest;

import org.jspecify.annotations.NullMarked;
