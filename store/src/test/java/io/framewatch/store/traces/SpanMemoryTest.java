package io.framewatch.store.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import org.junit.jupiter.api.Test;

final class SpanMemoryTest {

    private final SpanMemory memory = new SpanMemory(100, 60);

    private static Fault refused(SpanMemory.Read read, long bytes) {
        return catchThrowableOfType(FaultException.class, () -> read.add(bytes)).fault();
    }

    @Test
    void oneReadHoldsNoMoreThanItMay() {
        try (SpanMemory.Read read = memory.read()) {
            read.add(60);
            Fault fault = refused(read, 1);
            assertThat(fault.code()).isEqualTo("query_limit");
            assertThat(fault.turn()).isEqualTo(Fault.Turn.CALLER);
        }
        assertThat(memory.held()).isZero();
    }

    @Test
    void allReadsTogetherHoldNoMoreThanTheyMay() {
        try (SpanMemory.Read one = memory.read();
                SpanMemory.Read other = memory.read()) {
            one.add(60);
            other.add(40);
            Fault fault = refused(other, 1);
            assertThat(fault.code()).isEqualTo("query_memory");
            assertThat(fault.turn()).isEqualTo(Fault.Turn.LATER);
        }
        assertThat(memory.held()).isZero();
    }
}
