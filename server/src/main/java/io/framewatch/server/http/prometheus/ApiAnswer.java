package io.framewatch.server.http.prometheus;

import io.framewatch.server.http.JsonOut;
import java.util.List;
import java.util.function.Consumer;

/// A successful answer of the API, before the envelope is put around it.
///
/// @param data writes the value of `data`
/// @param warnings what is likely wrong
/// @param infos what is worth knowing
record ApiAnswer(Consumer<JsonOut> data, List<String> warnings, List<String> infos) {

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

    /// The whole answer.
    JsonOut json() {
        JsonOut out = new JsonOut();
        out.raw("{\"status\":\"success\",\"data\":");
        data.accept(out);
        if (!warnings.isEmpty()) {
            out.raw(",\"warnings\":");
            ResultJson.texts(out, warnings);
        }
        if (!infos.isEmpty()) {
            out.raw(",\"infos\":");
            ResultJson.texts(out, infos);
        }
        return out.raw('}');
    }
}
