package io.framewatch.server.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A ClickHouse server of the user's own.
///
/// @param url its HTTP interface, `http` or `https`
/// @param user who to log in as
/// @param passwordFile file whose first line is the password, or null for none
/// @param caFile PEM certificates to trust instead of the system's, or null
public record ClickHouseSettings(
        URI url, String user, @Nullable Path passwordFile, @Nullable Path caFile) {}
