package io.framewatch.server.parts;

import io.framewatch.model.Alert;
import io.framewatch.model.AlertSink;
import io.framewatch.model.Clock;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.server.config.Settings;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.MetricAppender;
import java.util.List;
import java.util.function.Supplier;

/// What every mode runs on, made before its video side.
///
/// @param settings what the operator decided
/// @param appender the way in for samples
/// @param promql what evaluates PromQL over what is kept
/// @param signals where log lines and spans are kept
/// @param alerts the rules' alerts of tenant `default`: pending, firing and lately resolved
/// @param alertSink takes alerts that do not come from rules
/// @param meters the server's own metrics
/// @param clock what time it is
public record Core(
        Settings settings,
        MetricAppender appender,
        PromqlEngine promql,
        LogsAndTraces signals,
        Supplier<List<Alert>> alerts,
        AlertSink alertSink,
        Meters meters,
        Clock clock) {}
