package io.framewatch.verify.bench.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/// Series of a fleet of transcoding hosts, written as remote write 1.0 requests: counters, gauges
/// and the buckets of a histogram, every 15 s, in time order. The same seed gives the same bytes.
///
/// Of every ten series, five are counters, one is a gauge, four are buckets. Not thread safe.
final class Workload {

    static final long STEP_MS = 15_000;

    private static final int PER_HOST = 100;
    private static final String[] CODES = {"200", "206", "404", "500", "503"};
    private static final String[] BOUNDS = {
        "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf"
    };

    /// Bytes of a sample's message: a double and a six-byte timestamp, each with its tag.
    static final int SAMPLE_BYTES = 16;

    private final List<byte[]> heads = new ArrayList<>();
    private final double[] values;
    private final Random random = new Random(7);
    private final int series;
    private int growth;

    /// A workload of `series` series, a multiple of 100.
    Workload(int series) {
        this.series = series;
        this.values = new double[series];
        for (int i = 0; i < series; i++) {
            heads.add(head(labels(i)));
        }
    }

    int series() {
        return series;
    }

    private static Map<String, String> labels(int i) {
        int host = i / PER_HOST;
        int own = i % PER_HOST;
        Map<String, String> labels = new TreeMap<>();
        labels.put("instance", "host-" + host + ":9100");
        labels.put("job", "transcode");
        if (own < 50) {
            labels.put("__name__", "bench_requests_total");
            labels.put("code", CODES[own % CODES.length]);
            labels.put("handler", "/api/v" + own / CODES.length);
        } else if (own < 60) {
            labels.put("__name__", "bench_queue_depth");
            labels.put("queue", "q" + own % 10);
        } else {
            labels.put("__name__", "bench_latency_seconds_bucket");
            labels.put("handler", "/api/v" + (own - 60) / BOUNDS.length);
            labels.put("le", BOUNDS[own % BOUNDS.length]);
        }
        return labels;
    }

    /// Tag, length and labels of a TimeSeries message whose one sample follows.
    static byte[] head(Map<String, String> labels) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        labels.forEach((name, value) -> {
            ByteArrayOutputStream label = new ByteArrayOutputStream();
            text(label, 0x0a, name);
            text(label, 0x12, value);
            body.write(0x0a);
            varint(body, label.size());
            body.writeBytes(label.toByteArray());
        });
        body.write(0x12);
        varint(body, SAMPLE_BYTES);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(0x0a);
        varint(all, body.size() + SAMPLE_BYTES);
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, int tag, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(tag);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /// Appends a sample and, before it, what [#head] made of its series.
    static void sample(ByteBuffer out, byte[] head, double value, long timestampMs) {
        out.put(head).put((byte) 0x09).putDouble(value).put((byte) 0x10);
        long rest = timestampMs;
        for (int b = 0; b < 5; b++) {
            out.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /// The next sample of series `from` to `to` (exclusive) as a request's snappy-packed body.
    byte[] request(int from, int to, long timestampMs) throws IOException {
        int size = 0;
        for (int i = from; i < to; i++) {
            size += heads.get(i).length + SAMPLE_BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = from; i < to; i++) {
            sample(out, heads.get(i), next(i), timestampMs);
        }
        return Snappy.compress(out.array());
    }

    private double next(int i) {
        int own = i % PER_HOST;
        if (own >= 50 && own < 60) {
            values[i] = Math.max(0, values[i] + random.nextInt(21) - 10);
        } else if (own >= 60) {
            // A bucket holds what the ones below it hold, so it grows by as much and more.
            growth = own % BOUNDS.length == 0 ? random.nextInt(4) : growth + random.nextInt(4);
            values[i] += growth;
        } else {
            values[i] += random.nextInt(400);
        }
        return values[i];
    }
}
