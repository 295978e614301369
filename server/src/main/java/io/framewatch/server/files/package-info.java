/// Files that a crash must not tear: [io.framewatch.server.files.SafeFiles].
@NullMarked
package io.framewatch.server.files;

import org.jspecify.annotations.NullMarked;
