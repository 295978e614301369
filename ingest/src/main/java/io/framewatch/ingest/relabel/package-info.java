/// Relabelling: a list of [io.framewatch.ingest.relabel.RelabelRule] rewrites a label set, or drops
/// it. Start at [io.framewatch.ingest.relabel.Relabel#apply]. The semantics are those of Prometheus
/// 3, including its template expansion ([io.framewatch.ingest.relabel.Template]).
@NullMarked
package io.framewatch.ingest.relabel;

import org.jspecify.annotations.NullMarked;
