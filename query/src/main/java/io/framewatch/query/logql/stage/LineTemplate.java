package io.framewatch.query.logql.stage;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.template.Functions;
import io.framewatch.template.StringMap;
import io.framewatch.template.Template;
import io.framewatch.template.TemplateException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The template of `line_format` and `label_format`: Go's template language over the labels,
/// `{{.method | lower}}`. A label that is absent is the empty text; `__line__` is the line,
/// `__timestamp__` its time in Unix nanoseconds. Immutable, thread safe.
///
/// @param template as read
public record LineTemplate(Template template) {

    private static final Set<String> NAMES = names();

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(LineFunctions.ALL.names());
        names.add("__line__");
        names.add("__timestamp__");
        return Set.copyOf(names);
    }

    /// Reads a template; throws `logql_parse` for one that is wrong.
    public static LineTemplate parse(String template) {
        try {
            return new LineTemplate(Template.parse(template, NAMES));
        } catch (TemplateException e) {
            throw new FaultException(
                    Fault.caller(
                            "logql_parse",
                            "The template is wrong: " + e.getMessage() + ".",
                            "Mend the template."),
                    e);
        }
    }

    /// The text for one line, or null if it cannot be made, which marks the line with
    /// `TemplateFormatErr`.
    @Nullable String render(LogLine line) {
        Functions functions =
                LineFunctions.ALL.with(
                        Map.of(
                                "__line__", _ -> line.text(),
                                "__timestamp__", _ -> line.timestampNs()));
        try {
            return template.render(new StringMap(line.labels().toMap()), functions);
        } catch (TemplateException e) {
            line.fail("TemplateFormatErr", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
