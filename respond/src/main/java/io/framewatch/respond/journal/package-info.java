/// What must survive a restart, as JSON lines on disk: the alerts that are open, what each receiver
/// was told last, the inbox. Start at [io.framewatch.respond.journal.JsonLines].
@NullMarked
package io.framewatch.respond.journal;

import org.jspecify.annotations.NullMarked;
