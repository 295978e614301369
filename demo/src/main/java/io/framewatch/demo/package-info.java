/// A real video pipeline on this machine: three test cameras, each with a transcode stage and a
/// packaging stage, all of them ffmpeg processes under supervision.
///
/// Start with [io.framewatch.demo.DemoPipeline]; each camera's three processes are a
/// [io.framewatch.demo.CameraLine], their command lines stand in [io.framewatch.demo.DemoCommands].
/// The packager cuts segments, [io.framewatch.demo.PlaylistPublisher] publishes them with their
/// wall time. [io.framewatch.demo.DemoFaults] breaks things for real, and
/// [io.framewatch.demo.DemoRound] goes through all faults and notes, through an
/// [io.framewatch.demo.Observer] on the outside, what was seen of them.
@NullMarked
package io.framewatch.demo;

import org.jspecify.annotations.NullMarked;
