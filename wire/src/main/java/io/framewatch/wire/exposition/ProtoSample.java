package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The view of a sample from protobuf. Its key is built: series name, the bytes of the labels, the
/// bound.
final class ProtoSample extends SampleFields {

    private byte[] data = new byte[0];
    private byte[] key = new byte[256];
    private int keyLength;
    private byte[] labelBytes = new byte[256];
    private int labelLength;
    private final List<String> labels = new ArrayList<>();
    private String name = "";
    private String boundName = "";
    private String bound = "";
    private long startMs = SampleBatch.NO_START;
    private String histogramFamily = "";
    private @Nullable NativeHistogram histogram;

    /// Starts a metric.
    void begin(byte[] source) {
        data = source;
        labelLength = 0;
        labels.clear();
        beginFields();
        startMs = SampleBatch.NO_START;
        histogramFamily = "";
    }

    /// The bytes of one label, part of the key. A zero byte ends each: names and values hold none
    /// that would let two label sets look alike, as each carries its lengths.
    void labelBytes(int from, int to) {
        int length = to - from;
        if (labelLength + length + 1 > labelBytes.length) {
            labelBytes = Arrays.copyOf(labelBytes, (labelLength + length + 1) * 2);
        }
        System.arraycopy(data, from, labelBytes, labelLength, length);
        labelLength += length;
        labelBytes[labelLength++] = 0;
    }

    void label(String labelName, String labelValue) {
        labels.add(labelName);
        labels.add(labelValue);
    }

    /// Says when the counting behind the next samples began, or [SampleBatch#NO_START].
    void takeStart(long ms) {
        startMs = ms;
    }

    /// Says whose parts the next samples are: a classic histogram's, or nobody's if it is empty.
    void partsOf(String family) {
        histogramFamily = family;
    }

    ProtoSample of(
            String series, String label, String text, double number, List<Exemplar> examples) {
        name = series;
        boundName = label;
        bound = text;
        takeValue(number);
        histogram = null;
        takeExemplars(examples);
        buildKey();
        return this;
    }

    ProtoSample ofHistogram(String series, NativeHistogram sample, List<Exemplar> examples) {
        of(series, "", "", sample.sum(), examples);
        histogram = sample;
        return this;
    }

    private void buildKey() {
        byte[] head = name.getBytes(StandardCharsets.UTF_8);
        byte[] tail = bound.getBytes(StandardCharsets.UTF_8);
        keyLength = head.length + 1 + labelLength + tail.length;
        if (keyLength > key.length) {
            key = new byte[keyLength * 2];
        }
        System.arraycopy(head, 0, key, 0, head.length);
        key[head.length] = 0;
        System.arraycopy(labelBytes, 0, key, head.length + 1, labelLength);
        System.arraycopy(tail, 0, key, head.length + 1 + labelLength, tail.length);
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public int keyFrom() {
        return 0;
    }

    @Override
    public int keyTo() {
        return keyLength;
    }

    @Override
    public Labels labels() {
        Labels.Builder builder = new Labels.Builder();
        for (int i = 0; i < labels.size(); i += 2) {
            String label = labels.get(i);
            if (label.isEmpty() || builder.find(label) != null || label.equals(Labels.NAME)) {
                throw new ExpositionException(0, "label name \"" + label + "\" is not unique");
            }
            builder.set(label, labels.get(i + 1));
        }
        if (!boundName.isEmpty()) {
            builder.set(boundName, bound);
        }
        return builder.set(Labels.NAME, name).build();
    }

    @Override
    public long startTimestampMs() {
        return startMs;
    }

    @Override
    public String histogramFamily() {
        return histogramFamily;
    }

    @Override
    public @Nullable NativeHistogram histogram() {
        return histogram;
    }
}
