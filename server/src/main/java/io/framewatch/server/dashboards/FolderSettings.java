package io.framewatch.server.dashboards;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A folder of dashboards that the operator keeps.
///
/// @param path where it is
/// @param group the folder its dashboards are shown in; null for the name of the subfolder they lie
///   in, else the folder's own
/// @param editable whether editors may save to its files
public record FolderSettings(Path path, @Nullable String group, boolean editable) {}
