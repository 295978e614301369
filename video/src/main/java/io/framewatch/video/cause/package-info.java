/// From a symptom to what it comes from, in plain words.
///
/// [io.framewatch.video.cause.CauseFinder] walks the typed graph upstream from a stream that is not
/// fine: over the runs of its stages, its camera, its site. What is itself broken (a process that
/// ended or was stopped) is preferred to what may only suffer (a stall, slowness); of equals the
/// one that began first. The answer is a chain and a sentence. It uses observations only.
@NullMarked
package io.framewatch.video.cause;

import org.jspecify.annotations.NullMarked;
