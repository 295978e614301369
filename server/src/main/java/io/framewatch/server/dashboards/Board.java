package io.framewatch.server.dashboards;

import tools.jackson.databind.node.ObjectNode;

/// A dashboard with what is known of it.
///
/// @param info what is known
/// @param json the dashboard itself; the holder's own copy
public record Board(BoardInfo info, ObjectNode json) {}
