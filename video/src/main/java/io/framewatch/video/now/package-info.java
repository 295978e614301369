/// The answer to "is anyone's picture broken now, and what must I do?".
///
/// [io.framewatch.video.now.NowService] reads states, causes, alerts and changes and puts them into
/// one [io.framewatch.video.now.Now], which is what `GET /api/now` answers and the page "Now" is
/// drawn from. Records only; a field whose value is not known is null, never invented.
@NullMarked
package io.framewatch.video.now;

import org.jspecify.annotations.NullMarked;
