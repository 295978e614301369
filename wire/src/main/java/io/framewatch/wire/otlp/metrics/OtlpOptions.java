package io.framewatch.wire.otlp.metrics;

import java.util.Set;

/// The section `otlp` of a `prometheus.yml`.
///
/// @param strategy how names are translated
/// @param promoteAll whether every resource attribute becomes a label, `ignored` ones aside
/// @param promoted resource attributes that become labels of every series
/// @param ignored resource attributes that do not although `promoteAll` is set
/// @param keepIdentifying whether `service.*` also stand in `target_info`
/// @param customBuckets whether explicit buckets become native histograms with custom bounds
/// @param promoteScope whether the scope's name, version and attributes become labels
/// @param labelKeyPrefix whether a label that begins with one `_` gets `key` before it
/// @param keepUnderscores whether several `_` in a row stay in label names
public record OtlpOptions(
        OtlpStrategy strategy,
        boolean promoteAll,
        Set<String> promoted,
        Set<String> ignored,
        boolean keepIdentifying,
        boolean customBuckets,
        boolean promoteScope,
        boolean labelKeyPrefix,
        boolean keepUnderscores) {

    /// What Prometheus 3 does without configuration.
    public static final OtlpOptions DEFAULT =
            new OtlpOptions(
                    OtlpStrategy.UNDERSCORES_AND_SUFFIXES,
                    false,
                    Set.of(),
                    Set.of(),
                    false,
                    false,
                    false,
                    true,
                    true);

    /// Copies the sets.
    public OtlpOptions {
        promoted = Set.copyOf(promoted);
        ignored = Set.copyOf(ignored);
    }

    boolean promotes(String attribute) {
        return promoteAll ? !ignored.contains(attribute) : promoted.contains(attribute);
    }
}
