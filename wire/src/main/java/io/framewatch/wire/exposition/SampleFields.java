package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import java.util.List;

/// The parts of a sample that every format has, filled by its parser. Not thread safe.
abstract class SampleFields implements SampleView {

    private double value;
    private boolean hasTimestamp;
    private long timestampMs;
    private List<Exemplar> exemplars = List.of();

    /// Forgets timestamp and exemplars.
    final void beginFields() {
        exemplars = List.of();
        hasTimestamp = false;
    }

    final void takeValue(double sample) {
        value = sample;
    }

    final void takeTimestamp(long ms) {
        hasTimestamp = true;
        timestampMs = ms;
    }

    final void takeExemplars(List<Exemplar> examples) {
        exemplars = examples;
    }

    @Override
    public final double value() {
        return value;
    }

    @Override
    public final boolean hasTimestamp() {
        return hasTimestamp;
    }

    @Override
    public final long timestampMs() {
        return timestampMs;
    }

    @Override
    public final List<Exemplar> exemplars() {
        return exemplars;
    }
}
