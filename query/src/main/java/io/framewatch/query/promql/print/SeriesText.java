package io.framewatch.query.promql.print;

import io.framewatch.model.Labels;

/// Series as messages name them: all labels in braces, the metric name among them.
public final class SeriesText {

    private SeriesText() {}

    /// `{__name__="x", a="b"}`.
    public static String of(Labels labels) {
        StringBuilder out = new StringBuilder("{");
        labels.forEach((name, value) ->
                out.append(out.length() > 1 ? ", " : "")
                        .append(Quoting.label(name))
                        .append('=')
                        .append(Quoting.string(value)));
        return out.append('}').toString();
    }
}
