package io.framewatch.query.logql.stage;

/// `line_format "{{.a}}"`: writes the line anew.
///
/// @param template its text
public record LineFormat(LineTemplate template) implements Stage {

    /// Reads the template.
    public static LineFormat parse(String template) {
        return new LineFormat(LineTemplate.parse(template));
    }

    @Override
    public boolean process(LogLine line) {
        String text = template.render(line);
        if (text != null) {
            line.text(text);
        }
        return true;
    }
}
