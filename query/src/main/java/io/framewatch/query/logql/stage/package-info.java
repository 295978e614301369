/// What happens to a log line between its store and its reader: one word of LogQL's pipeline is one
/// class here. All implement [io.framewatch.query.logql.stage.Stage] and work on one
/// [io.framewatch.query.logql.stage.LogLine].
@NullMarked
package io.framewatch.query.logql.stage;

import org.jspecify.annotations.NullMarked;
