/// What the modes share and where they differ. Every mode has a [io.framewatch.server.parts.Core];
/// what it watches, and with which buttons, is its [io.framewatch.server.parts.VideoSide].
@NullMarked
package io.framewatch.server.parts;

import org.jspecify.annotations.NullMarked;
