package io.framewatch.server.http.prometheus;

import io.framewatch.server.http.JsonOut;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A successful answer of the API, before the envelope is put around it.
///
/// @param data writes the value of `data`
/// @param warnings what is likely wrong
/// @param infos what is worth knowing
record ApiAnswer(Consumer<JsonOut> data, List<String> warnings, List<String> infos) {

    /// Annotations of one kind that an answer shows; the rest is counted, as Prometheus does.
    private static final int ANNOTATIONS_MAX = 10;

    static ApiAnswer of(Consumer<JsonOut> data) {
        return new ApiAnswer(data, List.of(), List.of());
    }

    /// A list of texts, cut at `limit` (0: not at all) with the warning Prometheus gives.
    static ApiAnswer texts(List<String> texts, int limit) {
        List<String> cut = cut(texts, limit);
        return new ApiAnswer(
                out -> ResultJson.texts(out, cut), cutWarning(texts, limit), List.of());
    }

    static <T> List<T> cut(List<T> items, int limit) {
        return limit > 0 && items.size() > limit ? items.subList(0, limit) : items;
    }

    static List<String> cutWarning(List<?> items, int limit) {
        return limit > 0 && items.size() > limit
                ? List.of("results truncated due to limit")
                : List.of();
    }

    private static List<String> shown(List<String> annotations, String kind) {
        int omitted = annotations.size() - ANNOTATIONS_MAX;
        if (omitted <= 0) {
            return annotations;
        }
        List<String> shown = new ArrayList<>(annotations.subList(0, ANNOTATIONS_MAX));
        shown.add(omitted + " more " + kind + " annotations omitted");
        return shown;
    }

    /// The whole answer.
    JsonOut json() {
        JsonOut out = new JsonOut();
        out.raw("{\"status\":\"success\",\"data\":");
        data.accept(out);
        if (!warnings.isEmpty()) {
            out.raw(",\"warnings\":");
            ResultJson.texts(out, shown(warnings, "warning"));
        }
        if (!infos.isEmpty()) {
            out.raw(",\"infos\":");
            ResultJson.texts(out, shown(infos, "info"));
        }
        return out.raw('}');
    }
}
