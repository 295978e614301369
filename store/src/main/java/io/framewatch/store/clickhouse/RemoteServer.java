package io.framewatch.store.clickhouse;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A ClickHouse server of the user's own.
///
/// @param url its HTTP interface, `http` or `https`, with or without a path
/// @param user who to log in as
/// @param password empty for none
/// @param caFile PEM certificates to trust instead of the system's, or null
/// @param callsMax calls under way at once; more wait
public record RemoteServer(
        URI url, String user, String password, @Nullable Path caFile, int callsMax) {

    /// Without the password.
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
