/// Finds targets. [io.framewatch.ingest.discover.Finders] runs one
/// [io.framewatch.ingest.discover.find.Finder] for each discovery that jobs configure (static,
/// file, http, dns, kubernetes), [io.framewatch.ingest.discover.Discoverer] gathers what those of
/// one job found as groups of addresses, [io.framewatch.ingest.discover.TargetBuilder] turns those
/// into [io.framewatch.ingest.discover.Target]s by relabelling.
@NullMarked
package io.framewatch.ingest.discover;

import org.jspecify.annotations.NullMarked;
