package io.framewatch.server;

import io.framewatch.rules.file.RuleFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The rules this program brings along, one file a pack, on the class path under `packs/`.
final class PackRules {

    private static final List<String> NAMES = List.of("packs/live/rules.yml");

    private PackRules() {}

    static List<RuleFile> all() {
        List<RuleFile> files = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in = PackRules.class.getResourceAsStream("/" + name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " was not packaged");
                }
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                files.add(RuleFile.read(name, text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(files);
    }
}
