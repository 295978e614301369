/// Loki's HTTP interface under `/loki/api/v1`: what comes in is read by `wire.loki`, what is asked
/// is run by `query.logql`.
@NullMarked
package io.framewatch.server.http.loki;

import org.jspecify.annotations.NullMarked;
