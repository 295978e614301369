package io.framewatch.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.testkit.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalTest {

    /// Small segments, so that a few records fill several.
    private static final WalOptions SMALL = new WalOptions(1024, 8192, 512, 512, 4096);

    @TempDir Path folder;

    private Wal open() {
        return Wal.open(folder, SMALL, Clock.system());
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void recordsComeBackInOrderAfterReopening() {
        try (Wal wal = open()) {
            for (int i = 1; i <= 50; i++) {
                assertThat(wal.append(i % 3, bytes("record " + i))).isEqualTo(i);
            }
        }
        try (Wal wal = open()) {
            Replayed all = Replayed.of(wal, 1);
            assertThat(all.damages).isEmpty();
            assertThat(all.texts).hasSize(50).startsWith("1:1:record 1").endsWith("50:2:record 50");
            assertThat(wal.append(7, bytes("next"))).isEqualTo(51);
            assertThat(Replayed.of(wal, 50).texts).containsExactly("50:2:record 50", "51:7:next");
            assertThat(wal.recovery().nextSequence()).isEqualTo(51);
            assertThat(wal.recovery().cutTail()).isNull();
        }
    }

    @Test
    void manyAppendersShareSyncsAndGetDifferentNumbers() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> numbers =
                    IntStream.range(0, 100)
                            .mapToObj(i -> threads.submit(() -> wal.append(1, bytes("x" + i))))
                            .toList();
            Set<Long> distinct = new TreeSet<>();
            for (Future<Long> number : numbers) {
                distinct.add(number.get());
            }
            assertThat(distinct).hasSize(100).contains(1L, 100L);
            assertThat(wal.stats().groups()).isLessThanOrEqualTo(100);
            assertThat(wal.stats().records()).isEqualTo(100);
            assertThat(wal.lastSequence()).isEqualTo(100);
        }
    }

    @Test
    void patientRecordsShareASyncAndAreSyncedWhenTheirCallReturns() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(wal.appendPatiently(1, bytes("alone"))).isEqualTo(1);
            assertThat(Replayed.of(wal, 1).texts).containsExactly("1:1:alone");
            List<Future<Long>> numbers =
                    IntStream.range(0, 100)
                            .mapToObj(i -> threads.submit(() -> wal.appendPatiently(1, bytes("x"))))
                            .toList();
            for (Future<Long> number : numbers) {
                assertThat(number.get()).isBetween(2L, 101L);
            }
            assertThat(wal.stats().records()).isEqualTo(101);
            assertThat(wal.stats().groups()).isLessThan(51);
        }
    }

    @Test
    void truncationLetsGoOfWholeSegmentsOnly() {
        try (Wal wal = open()) {
            for (int i = 1; i <= 60; i++) {
                wal.append(1, bytes("a record of some length, number " + i));
            }
            int before = wal.stats().segments();
            wal.truncateBefore(40);
            assertThat(wal.stats().segments()).isLessThan(before);
            Replayed rest = Replayed.of(wal, 1);
            assertThat(rest.texts).contains("40:1:a record of some length, number 40");
            assertThat(rest.texts).doesNotContain("1:1:a record of some length, number 1");
            assertThat(rest.damages).isEmpty();
            wal.truncateBefore(Long.MAX_VALUE);
            assertThat(wal.stats().segments()).isEqualTo(1);
        }
        try (Wal wal = open()) {
            assertThat(wal.append(1, bytes("next"))).isEqualTo(61);
        }
    }

    @Test
    void truncationsMayRunAtOnceWithAppends() throws Exception {
        try (Wal wal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                runs.add(threads.submit(() -> appendAndTruncate(wal)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            assertThat(wal.lastSequence()).isEqualTo(400);
            assertThat(wal.stats().segments()).isLessThan(20);
            assertThat(Replayed.of(wal, 400).texts).hasSize(1);
        }
    }

    private static void appendAndTruncate(Wal wal) {
        for (int i = 0; i < 50; i++) {
            wal.truncateBefore(wal.append(1, ByteBuffer.allocate(200)));
        }
    }

    @Test
    void aFullLogRefusesUntilItIsTruncated() {
        try (Wal wal = open()) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    wal.append(1, ByteBuffer.allocate(500));
                                }
                            })
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            full -> {
                                assertThat(full.fault().code()).isEqualTo("wal_full");
                                assertThat(full.fault().turn()).isEqualTo(Fault.Turn.LATER);
                            });
            long last = wal.appendReserved(2, bytes("still fits"));
            wal.truncateBefore(last);
            assertThat(wal.append(1, bytes("fits again"))).isEqualTo(last + 1);
        }
    }

    @Test
    void aFullDiskAcknowledgesNothingAndRecovers() {
        FaultyDisk disk = new FaultyDisk();
        try (Wal wal = Wal.open(folder, SMALL, Clock.system(), disk::open)) {
            wal.append(1, bytes("one"));
            disk.freeBytes(20);
            assertFault(() -> wal.append(1, bytes("never")), "wal_disk_full");
            assertFault(() -> wal.append(1, bytes("neither")), "wal_disk_full");
            assertThat(Replayed.of(wal, 1).texts).containsExactly("1:1:one");
            disk.freeBytes(1 << 20);
            assertThat(wal.append(1, bytes("two"))).isEqualTo(2);
            assertThat(wal.stats().failedGroups()).isEqualTo(2);
        }
        try (Wal wal = open()) {
            Replayed all = Replayed.of(wal, 1);
            assertThat(all.texts).containsExactly("1:1:one", "2:1:two");
            assertThat(all.damages).isEmpty();
        }
    }

    @Test
    void aDiskThatCannotSyncAcknowledgesNothingAndRecovers() {
        FaultyDisk disk = new FaultyDisk();
        try (Wal wal = Wal.open(folder, SMALL, Clock.system(), disk::open)) {
            disk.syncsFail(true);
            assertFault(() -> wal.append(1, bytes("never")), "wal_write_failed");
            disk.syncsFail(false);
            assertThat(wal.append(1, bytes("first"))).isEqualTo(1);
            disk.syncsFail(true);
            assertFault(() -> wal.append(1, bytes("never")), "wal_write_failed");
            disk.syncsFail(false);
            assertThat(wal.append(1, bytes("second"))).isEqualTo(2);
            assertThat(Replayed.of(wal, 1).texts).containsExactly("1:1:first", "2:1:second");
        }
    }

    private static void assertFault(Runnable append, String code) {
        assertThatThrownBy(append::run)
                .isInstanceOfSatisfying(
                        FaultException.class,
                        told -> {
                            assertThat(told.fault().code()).isEqualTo(code);
                            assertThat(told.fault().turn()).isEqualTo(Fault.Turn.LATER);
                        });
    }

    @Test
    void aSecondOpenerIsTurnedAway() {
        try (Wal wal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            told -> assertThat(told.fault().code()).isEqualTo("wal_locked"));
            assertThat(wal.append(1, bytes("still works"))).isEqualTo(1);
        }
        open().close();
    }

    @Test
    void aRecordOverTheLimitIsRefusedForGood() {
        try (Wal wal = open()) {
            assertThatThrownBy(() -> wal.append(1, ByteBuffer.allocate(513)))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            told ->
                                    assertThat(told.fault().code())
                                            .isEqualTo("wal_record_too_large"));
        }
    }

    @Test
    void appendsAfterClosingAreRefused() {
        Wal wal = open();
        wal.close();
        assertFault(() -> wal.append(1, bytes("late")), "wal_closed");
    }

    @Test
    void aMissingFileIsReportedAndTheRestReplayed() throws IOException {
        try (Wal wal = open()) {
            for (int i = 1; i <= 60; i++) {
                wal.append(1, bytes("a record of some length, number " + i));
            }
        }
        List<SegmentFile> files = SegmentFile.list(folder);
        assertThat(files).hasSizeGreaterThan(3);
        Files.delete(files.get(1).path());
        try (Wal wal = open()) {
            Replayed rest = Replayed.of(wal, 1);
            WalDamage gap = rest.damages.getFirst();
            assertThat(rest.damages).hasSize(1);
            assertThat(gap.kind()).isEqualTo(WalDamage.Kind.MISSING);
            assertThat(gap.firstSequence()).isEqualTo(files.get(1).firstSequence());
            assertThat(gap.records())
                    .isEqualTo(files.get(2).firstSequence() - files.get(1).firstSequence());
            assertThat(rest.texts).hasSize((int) (60 - gap.records()));
            assertThat(gap.message()).contains("missing");
        }
    }

    @Test
    void aCursorFollowsTheLogAndReadsEachRecordOnce() {
        try (Wal wal = open()) {
            for (int i = 1; i <= 40; i++) {
                wal.append(1, bytes("a record of some length, number " + i));
            }
            WalCursor cursor = wal.cursor(5);
            Replayed seen = new Replayed();
            int calls = 0;
            while (cursor.read(seen)) {
                calls++;
            }
            assertThat(calls).isGreaterThan(1);
            assertThat(seen.texts).hasSize(36).startsWith("5:1:a record of some length, number 5");
            assertThat(cursor.next()).isEqualTo(41);
            for (int i = 41; i <= 100; i++) {
                wal.append(1, bytes("a record of some length, number " + i));
                wal.truncateBefore(cursor.next());
                while (cursor.read(seen, ByteBuffer::allocate)) {
                    calls++;
                }
            }
            assertThat(seen.texts)
                    .hasSize(96)
                    .endsWith("100:1:a record of some length, number 100");
            assertThat(seen.damages).isEmpty();
            assertThat(cursor.read(seen, ByteBuffer::allocate)).isFalse();
        }
    }

    @Test
    void halfMadeFilesOfACrashAreRemoved() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("0000000000000000009.wal.tmp"), "half");
        try (Wal wal = open()) {
            assertThat(wal.append(1, bytes("one"))).isEqualTo(1);
        }
        assertThat(folder.resolve("0000000000000000009.wal.tmp")).doesNotExist();
    }

    /// What a replay told, as text.
    static final class Replayed implements WalVisitor {
        final List<String> texts = new ArrayList<>();
        final List<WalDamage> damages = new ArrayList<>();

        static Replayed of(Wal wal, long from) {
            Replayed replayed = new Replayed();
            wal.replay(from, replayed);
            return replayed;
        }

        @Override
        public void record(long sequence, int type, ByteBuffer payload) {
            texts.add(sequence + ":" + type + ":" + StandardCharsets.UTF_8.decode(payload));
        }

        @Override
        public void damaged(WalDamage damage) {
            damages.add(damage);
        }
    }
}
