/// The domain assembled: [io.framewatch.video.watch.VideoWatch] takes an inventory and runs probes,
/// states, causes, metrics and the page's data over it. Start reading there.
@NullMarked
package io.framewatch.video.watch;

import org.jspecify.annotations.NullMarked;
