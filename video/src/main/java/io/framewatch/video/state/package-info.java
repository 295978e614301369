/// What is true of each stream and each stage, since when, and what it was before.
///
/// Probes hand in [io.framewatch.video.state.StreamReading]s, one about every second and stream;
/// [io.framewatch.video.state.StreamStates] judges each by [io.framewatch.video.state.StateRules],
/// lets a judgement stand for a moment before it becomes the state (hysteresis), and keeps a
/// bounded history. Whoever runs the pipeline hands in [io.framewatch.video.state.StageReport]s;
/// [io.framewatch.video.state.StageStates] does the same for stages. Start reading at
/// [io.framewatch.video.state.StreamState].
///
/// Nothing here does I/O; time comes from the readings and from a [io.framewatch.model.Clock].
@NullMarked
package io.framewatch.video.state;

import org.jspecify.annotations.NullMarked;
