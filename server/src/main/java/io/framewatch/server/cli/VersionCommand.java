package io.framewatch.server.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `framewatch version`.
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        String text = version == null ? "development" : version;
        if (spec != null) {
            spec.commandLine()
                    .getOut()
                    .println("framewatch " + text + ", Java " + Runtime.version());
        }
        return 0;
    }
}
