package io.framewatch.server.config;

import io.framewatch.server.dashboards.BoardLimits;
import io.framewatch.server.dashboards.FolderSettings;
import java.util.List;

/// Where dashboards are found, beside those of the data folder and of the packs.
///
/// @param folders folders of Grafana JSON files, the first wins
/// @param limits how much dashboards may take
public record DashboardSettings(List<FolderSettings> folders, BoardLimits limits) {

    /// No folders.
    public static final DashboardSettings DEFAULT =
            new DashboardSettings(List.of(), BoardLimits.DEFAULT);

    /// Keeps its own list.
    public DashboardSettings {
        folders = List.copyOf(folders);
    }
}
