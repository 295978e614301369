/// LogQL: from text to lines or numbers.
///
/// [io.framewatch.query.logql.LogqlParser] reads an expression. A log expression becomes a
/// [io.framewatch.query.logql.LogQuery] (selector and [io.framewatch.query.logql.stage stages]); a
/// metric expression becomes a [io.framewatch.query.logql.MetricQuery]: its range aggregations over
/// log lines are the leaves, and all that stands around them (aggregations, operators, functions)
/// is PromQL and is run by the PromQL engine over what the leaves give.
/// [io.framewatch.query.logql.LogqlEngine] runs both over a `LogStore`.
@NullMarked
package io.framewatch.query.logql;

import org.jspecify.annotations.NullMarked;
