/// From a query's text to its value: [io.framewatch.query.promql.engine.PromqlEngine] parses,
/// evaluates through [io.framewatch.query.promql.eval] and shapes the answer. The values and limits
/// it speaks in stand one package above.
@NullMarked
package io.framewatch.query.promql.engine;

import org.jspecify.annotations.NullMarked;
