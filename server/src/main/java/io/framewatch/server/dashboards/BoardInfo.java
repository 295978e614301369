package io.framewatch.server.dashboards;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is known of a dashboard without reading it again.
///
/// @param uid its name in addresses
/// @param title what heads it
/// @param description what it is for, empty if it does not say
/// @param folder the group it is shown in
/// @param tags its tags
/// @param version counts its saves, 1 for what was never saved here
/// @param etag changes with its content
/// @param source where it comes from
/// @param file its file below the operator's folder or in the pack, null in the store
/// @param editable whether it can be saved where it is
/// @param updatedAtMs when it was changed, Unix milliseconds, 0 if unknown
/// @param updatedBy who changed it, null if unknown
/// @param bytes its length
public record BoardInfo(
        String uid,
        String title,
        String description,
        String folder,
        List<String> tags,
        long version,
        String etag,
        Source source,
        @Nullable String file,
        boolean editable,
        long updatedAtMs,
        @Nullable String updatedBy,
        long bytes) {

    /// Where a dashboard comes from.
    public enum Source {
        /// The data folder.
        STORE,
        /// A folder of the operator.
        FOLDER,
        /// The program itself.
        PACK
    }

    /// Whether title, tags or description hold every word, in any case.
    boolean matches(List<String> words) {
        String text = (title + "\n" + description + "\n" + tags).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }

    static String text(JsonNode board, String key) {
        JsonNode value = board.path(key);
        return value.isString() ? value.asString() : "";
    }
}
