/// From tree to text: [io.framewatch.query.promql.print.ExprPrinter] on one line as Prometheus
/// prints it, [io.framewatch.query.promql.print.PrettyPrinter] over several,
/// [io.framewatch.query.promql.print.ExprJson] as the HTTP API describes trees.
@NullMarked
package io.framewatch.query.promql.print;

import org.jspecify.annotations.NullMarked;
