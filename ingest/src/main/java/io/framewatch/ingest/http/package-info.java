/// Requests to other systems: TLS, credentials, proxies, redirects, size and time limits. Start at
/// [io.framewatch.ingest.http.HttpFetch], which makes one request;
/// [io.framewatch.ingest.http.HttpClients] keeps one client per setting.
@NullMarked
package io.framewatch.ingest.http;

import org.jspecify.annotations.NullMarked;
