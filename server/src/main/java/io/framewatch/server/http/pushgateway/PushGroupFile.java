package io.framewatch.server.http.pushgateway;

import io.framewatch.model.Labels;
import io.framewatch.server.files.SafeFiles;
import io.framewatch.wire.exposition.Exposition;
import io.framewatch.wire.exposition.ExpositionException;
import io.framewatch.wire.exposition.ExpositionFormat;
import io.framewatch.wire.exposition.SampleView;
import io.framewatch.wire.exposition.TextWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group in a file of its own, in Prometheus's text format, so that a person can read it: the
/// series `__push_group` carries the group's labels and when it was pushed.
final class PushGroupFile {

    private static final String GROUP = "__push_group";
    private static final String FAILED = "__push_group_failed";

    private PushGroupFile() {}

    /// The file of a group in `folder`.
    static Path of(Path folder, Labels group) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(group.toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + ".prom");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Replaces the group's file; when it returns the group is on disk.
    static void write(Path folder, PushGroup group) throws IOException {
        Files.createDirectories(folder);
        TextWriter text = new TextWriter();
        text.sample(group.labels().with(Labels.NAME, GROUP), (double) group.pushedAtMs());
        text.sample(group.labels().with(Labels.NAME, FAILED), (double) group.failedAtMs());
        group.samples().forEach(text::sample);
        SafeFiles.replace(
                of(folder, group.labels()), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The group in a file, or null if it is none. Throws [IOException] if it cannot be read.
    static @Nullable PushGroup read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Map<Labels, Double> samples = new HashMap<>();
        Labels[] group = {Labels.EMPTY};
        double[] times = new double[2];
        try {
            Exposition.parse(
                    ExpositionFormat.PROMETHEUS_TEXT,
                    bytes,
                    bytes.length,
                    (SampleView sample) -> {
                        Labels labels = sample.labels();
                        switch (labels.metricName()) {
                            case GROUP -> {
                                group[0] = labels.withoutName();
                                times[0] = sample.value();
                            }
                            case FAILED -> times[1] = sample.value();
                            default -> samples.put(labels, sample.value());
                        }
                    });
        } catch (ExpositionException e) {
            return null;
        }
        return group[0].isEmpty()
                ? null
                : new PushGroup(group[0], samples, (long) times[0], (long) times[1]);
    }
}
