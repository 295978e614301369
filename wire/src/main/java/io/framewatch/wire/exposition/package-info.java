/// Exposition formats: the texts and messages in which programs show their metrics.
@NullMarked
package io.framewatch.wire.exposition;

import org.jspecify.annotations.NullMarked;
