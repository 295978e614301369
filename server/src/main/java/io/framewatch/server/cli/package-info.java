/// The command line: one class per verb, registered in
/// [io.framewatch.server.cli.CommandLineProgram]. A verb answers an exit status: 0 when all is
/// well, 1 when what it checked is not, 2 when it was called wrongly.
@NullMarked
package io.framewatch.server.cli;

import org.jspecify.annotations.NullMarked;
