package io.framewatch.server.dashboards;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A wish to save a dashboard.
///
/// @param uid under which uid
/// @param board the dashboard; belongs to the store from then on
/// @param folder the group to show it in, null to leave it where it is
/// @param message why, empty if nothing is said
/// @param by who
/// @param expected what is there now
public record Save(
        String uid,
        ObjectNode board,
        @Nullable String folder,
        String message,
        String by,
        Expected expected) {

    static final int FOLDER_LENGTH_MAX = 100;
    static final int MESSAGE_LENGTH_MAX = 500;
}
