package io.framewatch.server.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {

    private static final long MIB = 1 << 20;

    @Test
    void aLittleGarbageIsLetLie() {
        assertThat(HeapKeeper.isDue(50 * MIB, 10 * MIB)).isFalse();
        assertThat(HeapKeeper.isDue(10 * MIB + HeapKeeper.GARBAGE_BYTES_MIN, 10 * MIB)).isFalse();
    }

    @Test
    void garbageThatOutweighsWhatLivesIsCollected() {
        assertThat(HeapKeeper.isDue(110 * MIB, 10 * MIB)).isTrue();
        assertThat(HeapKeeper.isDue(900 * MIB, 500 * MIB)).isFalse();
        assertThat(HeapKeeper.isDue(1_001 * MIB, 500 * MIB)).isTrue();
    }
}
