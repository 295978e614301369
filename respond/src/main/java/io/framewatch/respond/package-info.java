/// From alerts to people. [io.framewatch.respond.Responder] takes alerts from rules (and from
/// Alertmanager clients), groups and routes them, leaves out what need not be said, delivers the
/// rest and keeps everything in [io.framewatch.respond.Inbox].
///
/// The way is a list that can be read aloud in [io.framewatch.respond.Responder]; each step is a
/// [io.framewatch.respond.flow.Stage].
@NullMarked
package io.framewatch.respond;

import org.jspecify.annotations.NullMarked;
