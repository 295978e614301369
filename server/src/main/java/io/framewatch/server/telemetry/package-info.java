/// What the server says about itself. Parts count in [io.framewatch.server.telemetry.Meters];
/// [io.framewatch.server.telemetry.MetricsEndpoint] writes them as text at `/metrics`;
/// [io.framewatch.server.telemetry.SelfCollector] puts them into the server's own store, so that
/// rules and pages can ask about them.
@NullMarked
package io.framewatch.server.telemetry;

import org.jspecify.annotations.NullMarked;
