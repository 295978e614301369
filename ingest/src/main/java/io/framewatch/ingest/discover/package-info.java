/// Finds targets: [io.framewatch.ingest.discover.Discoverer] turns what a job configures into
/// groups of addresses, [io.framewatch.ingest.discover.TargetBuilder] turns those into
/// [io.framewatch.ingest.discover.Target]s by relabelling.
@NullMarked
package io.framewatch.ingest.discover;

import org.jspecify.annotations.NullMarked;
