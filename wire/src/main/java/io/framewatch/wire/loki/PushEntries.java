package io.framewatch.wire.loki;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import java.util.ArrayList;
import java.util.List;

/// Collects the lines of one push within its limits. Not thread safe.
final class PushEntries {

    private final PushLimits limits;
    private final List<LogEntry> entries = new ArrayList<>();

    PushEntries(PushLimits limits) {
        this.limits = limits;
    }

    List<LogEntry> entries() {
        return entries;
    }

    void add(Labels stream, long timestampNs, String line, Labels metadata) {
        if (entries.size() >= limits.linesMax()) {
            throw limit(
                    "The push has more than " + limits.linesMax() + " lines.",
                    "Send smaller batches.");
        }
        if (line.length() > limits.lineBytesMax()) {
            throw limit(
                    "A line of stream " + stream + " has " + line.length() + " characters.",
                    "Keep lines under " + limits.lineBytesMax() + ".");
        }
        entries.add(new LogEntry(timestampNs, stream, line, metadata));
    }

    /// Checks the labels of a stream.
    Labels stream(Labels labels) {
        if (labels.isEmpty()) {
            throw invalid("A stream has no labels.");
        }
        if (labels.size() > limits.labelsMax()) {
            throw limit(
                    "A stream has " + labels.size() + " labels.",
                    "Keep at most "
                            + limits.labelsMax()
                            + "; send the rest as structured metadata.");
        }
        labels.forEach((name, value) -> {
            if (value.length() > limits.labelValueLengthMax()) {
                throw limit(
                        "The value of label " + name + " has " + value.length() + " characters.",
                        "Keep values under " + limits.labelValueLengthMax() + ".");
            }
        });
        return labels;
    }

    static FaultException invalid(String what) {
        return new FaultException(
                Fault.caller("push_invalid", what, "Send what Loki's push interface describes."));
    }

    private static FaultException limit(String what, String todo) {
        return new FaultException(Fault.caller("push_limit", what, todo));
    }
}
