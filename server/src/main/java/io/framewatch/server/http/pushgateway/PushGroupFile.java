package io.framewatch.server.http.pushgateway;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.server.files.SafeFiles;
import io.framewatch.wire.exposition.Exposition;
import io.framewatch.wire.exposition.ExpositionException;
import io.framewatch.wire.exposition.ExpositionFormat;
import io.framewatch.wire.exposition.ExpositionVisitor;
import io.framewatch.wire.exposition.ProtoWriter;
import io.framewatch.wire.exposition.SampleView;
import io.framewatch.wire.exposition.TextWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group in a file of its own, in Prometheus's text format, so that a person can read it: the
/// series `__push_group` carries the group's labels and when it was pushed. Native histograms,
/// which have no text form, stand in a comment at the end, as protobuf in Base64.
final class PushGroupFile {

    private static final String GROUP = "__push_group";
    private static final String FAILED = "__push_group_failed";
    private static final String HISTOGRAMS = "# HISTOGRAMS ";

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
        ProtoWriter histograms = new ProtoWriter();
        group.samples()
                .forEach((labels, value) -> {
                    if (value.histogram() == null) {
                        text.sample(labels, value.number());
                    } else {
                        histograms.sample(labels, value.histogram(), group.pushedAtMs());
                    }
                });
        byte[] packed = histograms.toBytes();
        String line =
                packed.length == 0
                        ? ""
                        : HISTOGRAMS + Base64.getEncoder().encodeToString(packed) + "\n";
        SafeFiles.replace(
                of(folder, group.labels()), (text + line).getBytes(StandardCharsets.UTF_8));
    }

    /// The group in a file, or null if it is none. Throws [IOException] if it cannot be read.
    static @Nullable PushGroup read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Content content = new Content();
        try {
            Exposition.parse(ExpositionFormat.PROMETHEUS_TEXT, bytes, bytes.length, content);
            byte[] packed = histograms(new String(bytes, StandardCharsets.UTF_8));
            Exposition.parse(ExpositionFormat.PROTOBUF, packed, packed.length, content);
        } catch (ExpositionException | IllegalArgumentException e) {
            return null;
        }
        return content.group.isEmpty()
                ? null
                : new PushGroup(
                        content.group, content.samples, content.pushedAtMs, content.failedAtMs);
    }

    /// The histograms of a file, none if it has none. Throws [IllegalArgumentException] if they are
    /// damaged.
    private static byte[] histograms(String text) {
        int line = text.indexOf("\n" + HISTOGRAMS);
        if (line < 0) {
            return new byte[0];
        }
        int from = line + 1 + HISTOGRAMS.length();
        return Base64.getDecoder().decode(text.substring(from).strip());
    }

    /// What a file says.
    private static final class Content implements ExpositionVisitor {

        private final Map<Labels, PushValue> samples = new HashMap<>();
        private Labels group = Labels.EMPTY;
        private long pushedAtMs;
        private long failedAtMs;

        @Override
        public void sample(SampleView sample) {
            Labels labels = sample.labels();
            NativeHistogram histogram = sample.histogram();
            switch (labels.metricName()) {
                case GROUP -> {
                    group = labels.withoutName();
                    pushedAtMs = (long) sample.value();
                }
                case FAILED -> failedAtMs = (long) sample.value();
                default ->
                        samples.put(
                                labels,
                                histogram == null
                                        ? PushValue.of(sample.value())
                                        : PushValue.of(histogram));
            }
        }
    }
}
