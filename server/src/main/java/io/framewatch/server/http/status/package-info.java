/// How the server itself is doing, for the page Status. Start with
/// [io.framewatch.server.http.status.StatusEndpoint]; which limits it tells of stands in
/// [io.framewatch.server.http.status.StatusLimits].
@NullMarked
package io.framewatch.server.http.status;

import org.jspecify.annotations.NullMarked;
