/// Checks files of expressions: [io.framewatch.query.promql.check.ExpressionCheck] parses each one
/// and tells which do not. [io.framewatch.query.promql.check.DashboardVariables] puts values in
/// place of the variables that dashboards write into queries.
@NullMarked
package io.framewatch.query.promql.check;

import org.jspecify.annotations.NullMarked;
