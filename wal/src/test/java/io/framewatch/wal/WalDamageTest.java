package io.framewatch.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import io.framewatch.wal.WalTest.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every byte of a log is altered in turn, and every length is cut off: nothing wrong is ever
/// returned as a record, nothing intact is lost, and the place is told.
class WalDamageTest {

    private static final int RECORDS = 6;

    @TempDir Path folder;

    private byte[] good = new byte[0];
    private Path file = Path.of("");
    private final List<String> texts = new ArrayList<>();

    @BeforeEach
    void writeALog() throws IOException {
        Path made = folder.resolve("made");
        try (Wal wal = open(made)) {
            for (int i = 1; i <= RECORDS; i++) {
                wal.append(i, WalTest.bytes("payload " + i));
                texts.add(i + ":" + i + ":payload " + i);
            }
        }
        file = SegmentFile.list(made).getFirst().path();
        good = Files.readAllBytes(file);
    }

    private static Wal open(Path directory) {
        return Wal.open(directory, WalOptions.DEFAULT, Clock.system());
    }

    @Test
    void everyAlteredByteOfAnOlderSegmentIsFoundAndTold() throws IOException {
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x41;
            Files.write(file, bad);
            SegmentScan scan = scan(false);
            Replayed seen = new Replayed();
            scan.run(1, seen);
            int hit = recordAt(at);
            assertThat(seen.texts).as("byte %d", at).isEqualTo(without(hit));
            assertThat(seen.damages).as("byte %d", at).hasSize(1);
            WalDamage damage = seen.damages.getFirst();
            assertThat(damage.kind()).isEqualTo(WalDamage.Kind.CORRUPT);
            assertThat(damage.offset()).isLessThanOrEqualTo(at);
            assertThat(damage.offset() + damage.bytes()).isGreaterThan(at);
        }
    }

    @Test
    void aBadRecordInTheMiddleOfTheLastSegmentIsCorruptNotTorn() throws IOException {
        for (int at = SegmentFile.HEADER_BYTES; at < startOf(RECORDS); at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(file, bad);
            SegmentScan scan = scan(true);
            Replayed seen = new Replayed();
            scan.run(1, seen);
            assertThat(seen.texts).isEqualTo(without(recordAt(at)));
            assertThat(seen.damages).hasSize(1);
            assertThat(seen.damages.getFirst().kind())
                    .as("byte %d", at)
                    .isEqualTo(WalDamage.Kind.CORRUPT);
            assertThat(seen.damages.getFirst().records()).isEqualTo(1);
        }
    }

    @Test
    void everyTornEndIsCutAndAppendsGoOn() throws IOException {
        for (int length = SegmentFile.HEADER_BYTES; length < good.length; length += 3) {
            Path torn = folder.resolve("torn" + length);
            Files.createDirectories(torn);
            Path copy = torn.resolve(file.getFileName());
            Files.write(copy, Arrays.copyOf(good, length), StandardOpenOption.CREATE);
            int whole = (length - SegmentFile.HEADER_BYTES) / recordBytes();
            try (Wal wal = open(torn)) {
                boolean clean = (length - SegmentFile.HEADER_BYTES) % recordBytes() == 0;
                assertThat(wal.recovery().cutTail() == null).isEqualTo(clean);
                assertThat(wal.append(9, WalTest.bytes("next"))).isEqualTo(whole + 1);
            }
            try (Wal wal = open(torn)) {
                Replayed seen = Replayed.of(wal, 1);
                assertThat(seen.damages).isEmpty();
                List<String> expected = new ArrayList<>(texts.subList(0, whole));
                expected.add((whole + 1) + ":9:next");
                assertThat(seen.texts).isEqualTo(expected);
            }
        }
    }

    @Test
    void aTornGroupKeepsItsIntactRecordsAndIsNotCalledCorrupt() throws IOException {
        byte[] bad = good.clone();
        for (int i = 2; i <= RECORDS; i++) {
            setInGroup(bad, i, i - 2);
        }
        bad[startOf(3) + RecordHeader.BYTES] ^= 1;
        Files.write(file, bad);
        Replayed seen = new Replayed();
        scan(true).run(1, seen);
        assertThat(seen.damages).hasSize(1);
        assertThat(seen.damages.getFirst().kind()).isEqualTo(WalDamage.Kind.TORN);
        assertThat(seen.texts).isEqualTo(without(3));
    }

    private static void setInGroup(byte[] image, int record, int inGroup) {
        java.nio.ByteBuffer buffer =
                java.nio.ByteBuffer.wrap(image).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        RecordHeader old = RecordHeader.read(buffer, startOf(record));
        buffer.position(startOf(record));
        new RecordHeader(old.sequence(), inGroup, old.type(), old.payloadBytes(), old.payloadCrc())
                .write(buffer);
    }

    private SegmentScan scan(boolean last) throws IOException {
        SegmentFile segment = new SegmentFile(file, 1);
        return new SegmentScan(segment, segment.read(Long.MAX_VALUE), last);
    }

    private static int recordBytes() {
        return RecordHeader.BYTES + "payload 1".length();
    }

    /// Where record `number`, from 1, starts.
    private static int startOf(int number) {
        return SegmentFile.HEADER_BYTES + (number - 1) * recordBytes();
    }

    /// The record that byte `at` belongs to, 0 for the file's header.
    private static int recordAt(int at) {
        return at < SegmentFile.HEADER_BYTES
                ? 0
                : 1 + (at - SegmentFile.HEADER_BYTES) / recordBytes();
    }

    private List<String> without(int number) {
        List<String> rest = new ArrayList<>(texts);
        if (number > 0) {
            rest.remove(number - 1);
        }
        return rest;
    }
}
