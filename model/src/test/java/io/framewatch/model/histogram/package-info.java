@NullMarked
package io.framewatch.model.histogram;

import org.jspecify.annotations.NullMarked;
