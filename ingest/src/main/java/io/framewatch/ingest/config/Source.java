package io.framewatch.ingest.config;

import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One file being read: its name, the folder its paths start from, its problems and the
/// environment.
record Source(
        Path file,
        Path folder,
        YamlProblems problems,
        Function<String, @Nullable String> environment) {

    static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /// The top of the document; empty if there is none or it is not YAML.
    Section top(String text) {
        return new Section(this, YamlValue.parse(file.toString(), text, problems));
    }

    Path resolve(String path) {
        return folder.resolve(path);
    }
}
