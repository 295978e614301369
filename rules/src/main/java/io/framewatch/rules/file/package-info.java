/// Rule files in Prometheus's format, as records. Start at [io.framewatch.rules.file.RuleFile];
/// every problem of a file is told at once, with its line and column.
@NullMarked
package io.framewatch.rules.file;

import org.jspecify.annotations.NullMarked;
