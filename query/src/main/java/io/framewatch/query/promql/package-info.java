/// PromQL as Prometheus 3 defines it. A text goes in at
/// [io.framewatch.query.promql.engine.PromqlEngine]; `parse` turns it into the tree of `ast`,
/// `eval` computes the tree over dense step arrays on top of a [io.framewatch.store.MetricSelect],
/// and a [io.framewatch.query.promql.QueryResult] comes out.
@NullMarked
package io.framewatch.query.promql;

import org.jspecify.annotations.NullMarked;
