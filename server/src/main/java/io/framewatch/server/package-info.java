/// The assembled program. [io.framewatch.server.Main] is where a run begins;
/// [io.framewatch.server.Framewatch] is the one place where the parts are wired together.
@NullMarked
package io.framewatch.server;

import org.jspecify.annotations.NullMarked;
