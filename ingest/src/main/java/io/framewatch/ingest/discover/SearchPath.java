package io.framewatch.ingest.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where short names are looked for, as `resolv.conf` says.
///
/// @param domains domains appended to short names, in order
/// @param dots a name with fewer dots is looked for in the domains before as it stands
record SearchPath(List<String> domains, int dots) {

    /// The machine's, read now.
    static SearchPath of(Path file) {
        List<String> domains = List.of();
        int dots = 1;
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            lines = List.of(); // without the file there is no search path
        }
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 1 && (words[0].equals("search") || words[0].equals("domain"))) {
                domains = List.of(words).subList(1, words.length);
            }
            for (String word : words) {
                if (words[0].equals("options") && word.matches("ndots:\\d{1,2}")) {
                    dots = Integer.parseInt(word.substring("ndots:".length()));
                }
            }
        }
        return new SearchPath(domains, dots);
    }

    /// The full names to ask for, in order, each with a dot at its end.
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        boolean first = name.chars().filter(c -> c == '.').count() >= dots;
        List<String> names = new ArrayList<>();
        if (first) {
            names.add(name + ".");
        }
        for (String domain : domains) {
            String below = domain.endsWith(".") ? domain : domain + ".";
            names.add(name + "." + (below.equals(".") ? "" : below));
        }
        if (!first) {
            names.add(name + ".");
        }
        return names;
    }
}
