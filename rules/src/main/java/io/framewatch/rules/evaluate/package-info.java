/// Evaluation of one rule group. A [io.framewatch.rules.evaluate.GroupEvaluation] evaluates its
/// rules one after the other: a [io.framewatch.rules.evaluate.RecordingEvaluation] writes what its
/// expression returns, an [io.framewatch.rules.evaluate.AlertingEvaluation] moves alerts from
/// pending to firing to resolved. Time is always an argument.
@NullMarked
package io.framewatch.rules.evaluate;

import org.jspecify.annotations.NullMarked;
