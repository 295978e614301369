/// What discoveries of every kind share: a [io.framewatch.ingest.discover.find.Finder] tells its
/// [io.framewatch.ingest.discover.find.Finding], a list of
/// [io.framewatch.ingest.discover.find.TargetGroup]s.
@NullMarked
package io.framewatch.ingest.discover.find;

import org.jspecify.annotations.NullMarked;
