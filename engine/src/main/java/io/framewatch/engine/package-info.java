/// The embedded ClickHouse: a child process with a library in it, and the ways to it.
///
/// In this process: [io.framewatch.engine.EngineSupervisor] starts the child, restarts it when it
/// dies, and says how it is; [io.framewatch.engine.EngineClient] sends it statements over a Unix
/// socket. In the child: [io.framewatch.engine.EngineMain] opens the data folder through
/// [io.framewatch.engine.LibChdb] and [io.framewatch.engine.EngineServer] answers a documented
/// subset of ClickHouse's HTTP interface (`docs/formats/engine-http.md`).
///
/// A crash of the native engine ends the child only. Nothing here knows any table.
@NullMarked
package io.framewatch.engine;

import org.jspecify.annotations.NullMarked;
