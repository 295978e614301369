package io.framewatch.store.clickhouse;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/// Memory outside the heap for as long as a flush lasts. What a flush needs would live just long
/// enough to be moved among the old objects of the heap, and all of these would be looked through
/// to find that it is garbage. Thread safe; nothing that came from it may be used once it is
/// closed.
public final class FlushMemory implements AutoCloseable {

    private final Arena arena = Arena.ofShared();

    /// Bytes, all zero, little endian.
    ///
    /// Throws `FaultException` with code `flush_memory`, turn `LATER`, if there is no more.
    public ByteBuffer bytes(int size) {
        try {
            return arena.allocate(size, Long.BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        } catch (OutOfMemoryError none) {
            throw new FaultException(
                    Fault.later(
                            "flush_memory",
                            "There is no memory outside the heap to flush with.",
                            "It is tried again; raise -XX:MaxDirectMemorySize if this stays."),
                    none);
        }
    }

    /// Numbers of 8 bytes, all zero, as they stand in [#bytes].
    LongBuffer longs(int size) {
        return bytes(Math.multiplyExact(size, Long.BYTES)).asLongBuffer();
    }

    /// Numbers of 4 bytes, all zero.
    IntBuffer ints(int size) {
        return bytes(Math.multiplyExact(size, Integer.BYTES)).asIntBuffer();
    }

    /// The same numbers with room for `size`.
    LongBuffer grown(LongBuffer old, int size) {
        return longs(size).put(0, old, 0, old.capacity());
    }

    /// The same numbers with room for `size`.
    IntBuffer grown(IntBuffer old, int size) {
        return ints(size).put(0, old, 0, old.capacity());
    }

    @Override
    public void close() {
        arena.close();
    }
}
