package io.framewatch.ingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {

    private static final Destination FAR = new Destination("far", Kind.LINES);
    private static final SpoolLimits SMALL = new SpoolLimits(64 * 1024, 4 * 1024);

    @TempDir private Path folder = Path.of("");
    private @Nullable Spool spool;

    private Spool open(SpoolLimits limits) {
        stop();
        Spool opened = Spool.open(folder, limits, Clock.system());
        spool = opened;
        return opened;
    }

    @AfterEach
    void stop() {
        if (spool != null) {
            spool.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Chunk> all(SpoolReader reader) {
        List<Chunk> chunks = new ArrayList<>();
        for (Chunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    private static List<String> texts(List<Chunk> chunks) {
        return chunks.stream()
                .map(chunk -> new String(chunk.unpack(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void everyReaderGetsItsKindInOrderWithTotals() {
        Spool open = open(SMALL);
        Position begin = open.begin(FAR);
        open.append(Tenant.DEFAULT, Kind.LINES, 2, bytes("a"));
        open.append(Tenant.DEFAULT, Kind.SPANS, 5, bytes("other"));
        open.append(Tenant.DEFAULT, Kind.LINES, 3, bytes("b"));
        List<Chunk> chunks = all(open.reader(Kind.LINES, begin));
        assertThat(texts(chunks)).containsExactly("a", "b");
        assertThat(chunks).extracting(Chunk::rows).containsExactly(2, 3);
        assertThat(chunks).extracting(Chunk::totalBefore).containsExactly(0L, 2L);
        assertThat(open.total(Kind.LINES)).isEqualTo(5);
        assertThat(open.total(Kind.SPANS)).isEqualTo(5);
        assertThat(open.total(Kind.POINTS)).isZero();
    }

    @Test
    void afterARestartADestinationGoesOnWhereItWas() {
        Spool before = open(SMALL);
        SpoolReader reader = before.reader(Kind.LINES, before.begin(FAR));
        before.append(Tenant.DEFAULT, Kind.LINES, 2, bytes("a"));
        before.append(Tenant.DEFAULT, Kind.LINES, 3, bytes("b"));
        Chunk first = Objects.requireNonNull(reader.next());
        before.done(FAR, first.behind(1), true);
        Spool after = open(SMALL);
        Position begin = after.begin(FAR);
        assertThat(begin).isEqualTo(new Position(first.sequence(), 1, 1));
        assertThat(texts(all(after.reader(Kind.LINES, begin)))).containsExactly("a", "b");
        assertThat(after.total(Kind.LINES)).isEqualTo(5);
        after.append(Tenant.DEFAULT, Kind.LINES, 1, bytes("c"));
        assertThat(all(after.reader(Kind.LINES, begin)).getLast().totalBefore()).isEqualTo(5);
    }

    @Test
    void totalsOutliveTheRecords() {
        Spool before = open(SMALL);
        SpoolReader reader = before.reader(Kind.LINES, before.begin(FAR));
        before.append(Tenant.DEFAULT, Kind.LINES, 7, bytes("a"));
        Chunk chunk = Objects.requireNonNull(reader.next());
        before.done(FAR, chunk.behind(7), true);
        for (int restarts = 0; restarts < 3; restarts++) {
            Spool after = open(SMALL);
            assertThat(after.begin(FAR).total()).isEqualTo(7);
            after.done(FAR, new Position(chunk.sequence() + 1, 0, 7), true);
            assertThat(after.total(Kind.LINES)).isEqualTo(7);
        }
    }

    @Test
    void aNewDestinationBeginsWithWhatComesAndOneThatIsGoneIsForgotten() {
        Spool open = open(SMALL);
        open.begin(FAR);
        open.append(Tenant.DEFAULT, Kind.LINES, 1, bytes("a"));
        Destination late = new Destination("late", Kind.LINES);
        Position begin = open.begin(late);
        open.append(Tenant.DEFAULT, Kind.LINES, 1, bytes("b"));
        assertThat(texts(all(open.reader(Kind.LINES, begin)))).containsExactly("b");
        open.keep(List.of(FAR));
        assertThat(open.begin(late).total()).isEqualTo(2);
    }

    @Test
    void aPlaceThatCannotBeReadMeansEverythingThereIs() throws IOException {
        Spool open = open(SMALL);
        open.begin(FAR);
        open.append(Tenant.DEFAULT, Kind.LINES, 1, bytes("a"));
        try (Stream<Path> files = Files.list(folder.resolve("positions"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "?");
            }
        }
        Spool again = open(SMALL);
        Position begin = again.begin(FAR);
        assertThat(begin).isEqualTo(Position.OLDEST);
        assertThat(texts(all(again.reader(Kind.LINES, begin)))).containsExactly("a");
    }

    @Test
    void atTheBoundTheOldestGoAndTheTotalsTellHowMany() {
        Spool open = open(SMALL);
        Position begin = open.begin(FAR);
        Random random = new Random(1);
        int rows = 200;
        for (int i = 0; i < rows; i++) {
            byte[] noise = new byte[1024];
            random.nextBytes(noise);
            open.append(Tenant.DEFAULT, Kind.LINES, 1, noise);
        }
        assertThat(open.bytes()).isLessThanOrEqualTo(SMALL.bytesMax());
        List<Chunk> left = all(open.reader(Kind.LINES, begin));
        assertThat(left.getFirst().totalBefore()).isEqualTo(rows - left.size());
        assertThat(left).hasSizeGreaterThan(10);
        assertThat(open.total(Kind.LINES)).isEqualTo(rows);
    }

    @Test
    void manyAppendAtOnceAndNothingIsLostOrTwice() throws InterruptedException {
        Spool open = open(SpoolLimits.DEFAULT);
        Position begin = open.begin(FAR);
        List<Thread> threads =
                IntStream.range(0, 8)
                        .mapToObj(t ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            for (int i = 0; i < 50; i++) {
                                                open.append(
                                                        Tenant.DEFAULT,
                                                        Kind.LINES,
                                                        1,
                                                        bytes(t + "/" + i));
                                            }
                                        }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        List<Chunk> chunks = all(open.reader(Kind.LINES, begin));
        assertThat(texts(chunks)).hasSize(400).doesNotHaveDuplicates();
        assertThat(chunks)
                .extracting(Chunk::totalBefore)
                .containsExactlyElementsOf(
                        IntStream.range(0, 400).mapToLong(i -> i).boxed().toList());
    }

    @Test
    void aFileThatLastinglyCannotBeReadIsSaid() throws IOException {
        Spool open = open(SMALL);
        SpoolReader reader = open.reader(Kind.LINES, open.begin(FAR));
        open.append(Tenant.DEFAULT, Kind.LINES, 1, bytes("a"));
        Path log = folder.resolve("wal");
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".wal")).toList()) {
                Files.move(file, folder.resolve(file.getFileName()));
            }
        }
        assertThat(reader.next()).isNull();
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(FaultException.class)
                    .hasMessageContaining("cannot be read");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".wal")).toList()) {
                Files.move(file, log.resolve(file.getFileName()));
            }
        }
        assertThat(texts(all(reader))).containsExactly("a");
    }

    @Test
    void onlyWhatHasBegunHoldsBackAndWithoutAnybodyEverythingGoes() {
        Spool open = open(SMALL);
        open.begin(FAR);
        Random random = new Random(1);
        byte[] noise = new byte[1024];
        for (int i = 0; i < 40; i++) {
            random.nextBytes(noise);
            open.append(Tenant.DEFAULT, Kind.LINES, 1, noise);
        }
        long held = open.bytes();
        open.release();
        assertThat(open.bytes()).isEqualTo(held);
        Spool again = open(SMALL);
        again.begin(FAR);
        again.release();
        assertThat(again.bytes()).isGreaterThanOrEqualTo(held);
        again.keep(List.of());
        again.release();
        assertThat(again.bytes()).isLessThan(1024);
    }

    @Test
    void whatNoRecordHoldsIsRefused() {
        byte[] noise = new byte[8 * 1024];
        new Random(1).nextBytes(noise);
        Spool open = open(SMALL);
        assertThatThrownBy(() -> open.append(Tenant.DEFAULT, Kind.LINES, 1, noise))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("4096 bytes");
        open.append(Tenant.DEFAULT, Kind.LINES, 1, bytes("fits"));
        assertThat(open.total(Kind.LINES)).isEqualTo(1);
    }

    @Test
    void twoProcessesDoNotShareASpool() {
        open(SMALL);
        assertThatThrownBy(() -> Spool.open(folder, SMALL, Clock.system()))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().code()).isEqualTo("wal_locked"));
    }
}
