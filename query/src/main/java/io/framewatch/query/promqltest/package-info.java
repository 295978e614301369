/// Runs PromQL test scripts: `load` puts samples into an empty store, `eval` runs a query and
/// compares. [io.framewatch.query.promqltest.ScriptRunner] is the way in;
/// [io.framewatch.query.promqltest.ScriptParser] reads scripts,
/// [io.framewatch.query.promqltest.Loader] fills the store and
/// [io.framewatch.query.promqltest.EvalCheck] compares answers with expectations.
@NullMarked
package io.framewatch.query.promqltest;

import org.jspecify.annotations.NullMarked;
