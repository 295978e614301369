package io.framewatch.wal;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How many samples a second the log takes: `WalBenchmark FOLDER [seconds] [threads] [samples a
/// batch]`. A sample is counted as 20 bytes, which is what the store writes for one.
final class WalBenchmark {

    private static final int SAMPLE_BYTES = 20;

    private WalBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int seconds = argument(arguments, 1, 3);
        int threads = argument(arguments, 2, 16);
        int batch = argument(arguments, 3, 500);
        Clock clock = Clock.system();
        try (Wal wal = Wal.open(folder, WalOptions.DEFAULT, clock);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            long started = clock.nanoTime();
            long until = started + seconds * 1_000_000_000L;
            List<Future<Long>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runs.add(pool.submit(() -> run(wal, clock, until, batch)));
            }
            long batches = 0;
            for (Future<Long> run : runs) {
                batches += run.get();
            }
            double took = (clock.nanoTime() - started) / 1e9;
            WalStats stats = wal.stats();
            System.out.printf(
                    "wal: %,.0f samples/s, %,.0f batches/s of %d samples, %d appenders,"
                            + " %.2f ms a group, %,.0f MB/s%n",
                    batches * batch / took,
                    batches / took,
                    batch,
                    threads,
                    stats.syncNanos() / 1e6 / stats.groups(),
                    stats.bytesWritten() / took / 1e6);
        }
        delete(folder);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static long run(Wal wal, Clock clock, long until, int batch) {
        ByteBuffer payload = ByteBuffer.allocate(batch * SAMPLE_BYTES);
        long batches = 0;
        while (clock.nanoTime() < until) {
            long number = wal.append(1, payload);
            batches++;
            if (number % 64 == 0) {
                wal.truncateBefore(number);
            }
        }
        return batches;
    }

    private static void delete(Path folder) throws IOException {
        for (SegmentFile file : SegmentFile.list(folder)) {
            Files.delete(file.path());
        }
    }
}
