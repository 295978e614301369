package io.framewatch.query.logql.stage;

import io.framewatch.model.Matcher;
import java.util.List;

/// `keep a, b="x"` and `drop a, b="x"`: labels stay or go, by name or by name and value. The error
/// labels are never dropped by `keep`.
///
/// @param keep whether the labels named stay and the others go
/// @param labels conditions; one that accepts any value is written `a`
public record KeepOrDrop(boolean keep, List<Matcher> labels) implements Stage {

    @Override
    public boolean process(LogLine line) {
        for (String name : line.names()) {
            boolean named =
                    labels.stream()
                            .anyMatch(m -> m.name().equals(name) && m.matches(line.get(name)));
            boolean error = name.equals(LogLine.ERROR) || name.equals(LogLine.ERROR_DETAILS);
            if (keep ? !named && !error : named) {
                line.remove(name);
            }
        }
        return true;
    }
}
