package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import java.util.List;

/// The section `alerting`.
///
/// @param relabel rules for every alert before it is sent
/// @param alertmanagers who receives alerts
public record AlertingConfig(List<RelabelRule> relabel, List<AlertmanagerConfig> alertmanagers) {

    /// Nothing configured.
    public static final AlertingConfig NONE = new AlertingConfig(List.of(), List.of());
}
