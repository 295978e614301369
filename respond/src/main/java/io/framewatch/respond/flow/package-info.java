/// The way of an alert to a channel. [io.framewatch.respond.flow.Dispatcher] keeps the open alerts
/// in groups and says which group is due; a due group is a [io.framewatch.respond.flow.Flush] that
/// passes a list of [io.framewatch.respond.flow.Stage]s, each of which may leave alerts out.
@NullMarked
package io.framewatch.respond.flow;

import org.jspecify.annotations.NullMarked;
