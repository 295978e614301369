/// Evaluation of one rule group. A [io.framewatch.rules.evaluate.GroupEvaluation] evaluates its
/// rules one after the other: a [io.framewatch.rules.evaluate.RecordingEvaluation] writes what its
/// expression returns, an [io.framewatch.rules.evaluate.AlertingEvaluation] moves alerts from
/// pending to firing to resolved. What they write can be read at once by the next rule; all of it
/// waits for the disk together, in [io.framewatch.rules.evaluate.Writes]. Time is always an
/// argument.
@NullMarked
package io.framewatch.rules.evaluate;

import org.jspecify.annotations.NullMarked;
