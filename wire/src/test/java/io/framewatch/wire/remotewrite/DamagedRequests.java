package io.framewatch.wire.remotewrite;

import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import java.util.Arrays;
import java.util.Random;

/// Requests that were cut and changed at random.
final class DamagedRequests {

    private static final int REQUESTS = 20_000;

    private DamagedRequests() {}

    /// How many variants of `good` the reader refuses; it fails for none otherwise.
    static int refusedBy(RequestReader reader, byte[] good) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        RecordingSink sink = new RecordingSink();
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int j = 0; damaged.length > 0 && j < i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            batch.clear();
            try {
                reader.read(damaged, damaged.length, batch, sink);
            } catch (WriteRequestException e) {
                refused++;
            }
        }
        return refused;
    }
}
