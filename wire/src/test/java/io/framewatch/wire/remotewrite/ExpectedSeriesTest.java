package io.framewatch.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.wire.proto.ProtoBytes;
import io.framewatch.wire.push.WriteLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is read by way of the series expected next is what is read without expecting any.
final class ExpectedSeriesTest {

    private static final WriteLimits LIMITS = new WriteLimits(100, 10, 64, 64);
    private static final int SERIES = 12;

    private final Random random = new Random(11);
    private final AtomicLong keyBytesLeft = new AtomicLong(100_000);
    private final SeriesByBytes expecting = new SeriesByBytes(1_000, keyBytesLeft);

    /// Keeps no bytes: what it expects it knows by their hash.
    private final SeriesByBytes hashing = new SeriesByBytes(1_000);

    /// Behind a request it has what is left of those before.
    private final byte[] used = new byte[1 << 16];

    private static ProtoBytes labels(int i) {
        ProtoBytes all =
                new ProtoBytes()
                        .message(1, new ProtoBytes().text(1, "__name__").text(2, "m" + i / 4));
        for (int l = 0; l < i % 4; l++) {
            all.message(1, new ProtoBytes().text(1, "l" + l).text(2, "v" + i));
        }
        return all;
    }

    private ProtoBytes sample() {
        double value = random.nextInt(1_000) / 8.0;
        long timestampMs = 1_700_000_000_000L + random.nextInt(100_000);
        ProtoBytes sample = new ProtoBytes();
        return switch (random.nextInt(8)) {
            case 0 -> sample.varint(2, timestampMs);
            case 1 -> sample.varint(2, timestampMs).real(1, value);
            case 2 -> sample.real(1, value).varint(2, -timestampMs);
            case 3 -> sample.real(1, value);
            case 4 -> sample.real(1, value).varint(2, timestampMs).varint(9, 1);
            default -> sample.real(1, value).varint(2, timestampMs);
        };
    }

    private ProtoBytes series(int i) {
        ProtoBytes series = labels(i).message(2, sample());
        return switch (random.nextInt(10)) {
            case 0 -> series.message(2, sample());
            case 1 -> series.message(1, new ProtoBytes().text(1, "z").text(2, "late"));
            case 2 -> series.message(3, new ProtoBytes().real(2, 1).varint(3, 1_500));
            case 3 -> labels(i);
            default -> series;
        };
    }

    private byte[] request() {
        ProtoBytes request = new ProtoBytes();
        int at = 0;
        for (int n = 0; n < 2 * SERIES; n++) {
            request.message(1, series(at));
            at = random.nextInt(6) == 0 ? random.nextInt(SERIES) : (at + 1) % SERIES;
        }
        return request.bytes();
    }

    private static List<Object> read(SeriesByBytes known, byte[] request, int length) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        RecordingSink sink = new RecordingSink();
        List<Object> all = new ArrayList<>();
        try {
            all.add(new WriteRequestReader(LIMITS, known).read(request, length, batch, sink));
        } catch (WriteRequestException refused) {
            all.add(String.valueOf(refused.getMessage()));
        }
        all.add(sink.exemplars);
        for (int row = 0; row < batch.size(); row++) {
            all.add(batch.series(row).labels());
            all.add(batch.timestampMs(row));
            all.add(batch.value(row));
        }
        return all;
    }

    /// One that remembers the latest series only expects next to nothing.
    private void allReadAlike(byte[] request) {
        System.arraycopy(request, 0, used, 0, request.length);
        List<Object> plain = read(new SeriesByBytes(0), request, request.length);
        assertThat(read(expecting, used, request.length)).isEqualTo(plain);
        assertThat(read(hashing, used, request.length)).isEqualTo(plain);
    }

    @Test
    void requestsOfEveryShape() {
        for (int i = 0; i < 500; i++) {
            allReadAlike(request());
        }
    }

    @Test
    void damagedRequests() {
        for (int i = 0; i < 5_000; i++) {
            byte[] good = request();
            allReadAlike(good);
            byte[] damaged =
                    Arrays.copyOf(good, good.length - (i % 3 == 0 ? random.nextInt(40) : 0));
            for (int j = 0; j <= i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            allReadAlike(damaged);
        }
    }

    @Test
    void aSeriesIsExpectedBehindTheOneItFollowed() {
        byte[] request =
                new ProtoBytes()
                        .message(1, labels(2).message(2, sample()))
                        .message(1, labels(3).message(2, sample()))
                        .bytes();
        for (SeriesByBytes known : List.of(expecting, hashing)) {
            for (int i = 0; i < 3; i++) {
                read(known, request, request.length);
            }
            expectsTheSecond(known);
        }
    }

    private static void expectsTheSecond(SeriesByBytes known) {
        byte[] first = labels(2).bytes();
        byte[] second = labels(3).bytes();
        SeriesColumns columns = known.columns();
        int follower = columns.follower(columns.find(first, 0, first.length));
        assertThat(follower).isEqualTo(columns.find(second, 0, second.length)).isNotNegative();
        byte[] padded = Arrays.copyOf(second, second.length + 1);
        assertThat(columns.matched(follower, padded, 0, padded.length)).isEqualTo(second.length);
        assertThat(columns.matched(follower, padded, 0, second.length)).isEqualTo(-1);
        padded[second.length - 1]++;
        assertThat(columns.matched(follower, padded, 0, padded.length)).isEqualTo(-1);
    }

    /// Bytes are given up with the series they name, and none are kept beyond the budget.
    @Test
    void bytesAreKeptWithinTheBudget() {
        AtomicLong left = new AtomicLong(10_000);
        SeriesByBytes known = new SeriesByBytes(200, left);
        for (int i = 0; i < 1_000; i++) {
            byte[] key = labels(4 * i + 3).bytes();
            Series series = new Series(Tenant.DEFAULT, i, Labels.of("__name__", "m" + i));
            known.put(key, 0, key.length, series);
            known.put(key, 0, key.length, series);
            assertThat(left.get()).isBetween(0L, 10_000L);
            assertThat(known.find(key, 0, key.length)).isEqualTo(series);
        }
        assertThat(left.get()).isLessThan(10_000L);
    }
}
