package io.framewatch.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parsed template. Immutable, thread safe.
public final class Template {

    /// Longest template accepted, characters.
    public static final int TEXT_CHARS_MAX = 1_000_000;

    private final List<Node> nodes;
    private final Map<String, List<Node>> definitions;

    private Template(List<Node> nodes, Map<String, List<Node>> definitions) {
        this.nodes = nodes;
        this.definitions = definitions;
    }

    /// Parses a text that may call these functions. Throws [TemplateException] with the line.
    public static Template parse(String text, Set<String> functions) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw new TemplateException(
                    "the template has more than " + TEXT_CHARS_MAX + " characters");
        }
        Parser parser = new Parser(text, functions);
        List<Node> nodes = parser.parse();
        return new Template(nodes, Map.copyOf(parser.definitions()));
    }

    /// This template with the definitions of another added; its own come first.
    public Template including(Template library) {
        Map<String, List<Node>> all = new HashMap<>(library.definitions);
        all.putAll(definitions);
        return new Template(nodes, Map.copyOf(all));
    }

    /// Renders as plain text. Throws [TemplateException] when something does not fit the data, or
    /// the rendering grows beyond its bounds.
    public String render(@Nullable Object data, Functions functions) {
        return new Renderer(definitions, functions, false).render(nodes, data);
    }

    /// Renders for HTML: what actions print is escaped, unless it went through `safeHtml`.
    public String renderHtml(@Nullable Object data, Functions functions) {
        return new Renderer(definitions, functions, true).render(nodes, data);
    }
}
