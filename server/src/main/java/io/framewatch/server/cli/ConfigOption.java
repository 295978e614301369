package io.framewatch.server.cli;

import io.framewatch.server.config.Settings;
import io.framewatch.server.config.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `--config`, shared by the verbs that follow the configuration.
final class ConfigOption {

    private static final Path USUAL = Path.of("framewatch.yml");

    private ConfigOption() {}

    static void declare(Subparser parser) {
        parser.addArgument("--config")
                .metavar("FILE")
                .help("Configuration file; framewatch.yml of this folder if there is one.");
    }

    /// What the file named says, else the usual one, else the defaults.
    static Settings settings(Namespace given) {
        @Nullable String named = given.getString("config");
        if (named != null) {
            return SettingsFile.read(Path.of(named));
        }
        return Files.exists(USUAL) ? SettingsFile.read(USUAL) : Settings.DEFAULT;
    }
}
