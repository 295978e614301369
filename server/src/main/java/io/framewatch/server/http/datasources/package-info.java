/// Other servers whose data dashboards can show.
/// [io.framewatch.server.http.datasources.DatasourceEndpoints] lists them and passes questions on;
/// [io.framewatch.server.http.datasources.ReadPaths] says which questions those may be;
/// [io.framewatch.server.http.datasources.Upstream] asks, within a time and a size.
@NullMarked
package io.framewatch.server.http.datasources;

import org.jspecify.annotations.NullMarked;
