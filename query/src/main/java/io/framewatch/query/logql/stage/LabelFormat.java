package io.framewatch.query.logql.stage;

import java.util.List;

/// `label_format new=old, text="{{.a}}"`: renames labels and writes new ones.
///
/// @param changes in order
public record LabelFormat(List<Change> changes) implements Stage {

    /// One change.
    public sealed interface Change {

        /// A label takes another's value; the other goes.
        static Change rename(String label, String from) {
            return new Rename(label, from);
        }

        /// A label gets the text of a template.
        static Change template(String label, String template) {
            return new Write(label, LineTemplate.parse(template));
        }
    }

    private record Rename(String label, String from) implements Change {}

    private record Write(String label, LineTemplate template) implements Change {}

    @Override
    public boolean process(LogLine line) {
        for (Change change : changes) {
            switch (change) {
                case Rename rename -> {
                    if (line.has(rename.from())) {
                        line.set(rename.label(), line.get(rename.from()));
                        line.remove(rename.from());
                    }
                }
                case Write write -> {
                    String text = write.template().render(line);
                    if (text != null) {
                        line.set(write.label(), text);
                    }
                }
            }
        }
        return true;
    }
}
