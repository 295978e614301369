/// Checks of the content: every rule file is read and played through by `promtool` where it is
/// installed.
@NullMarked
package io.framewatch.packs;

import org.jspecify.annotations.NullMarked;
