/// Jaeger's query interface under `/jaeger/api`: traces by id and by search, services, operations.
@NullMarked
package io.framewatch.server.http.jaeger;

import org.jspecify.annotations.NullMarked;
