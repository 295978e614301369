package io.framewatch.server.parts;

import io.framewatch.model.Tasks;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps the heap near what lives in it. Java's serial collector rather takes more memory from the
/// system, up to its limit, than look for garbage among the old objects; what flushes and large
/// answers leave there would stay resident for ever. This looks every few seconds and has the
/// garbage collected once it outweighs what lives. With another collector it does nothing. Thread
/// safe.
public final class HeapKeeper implements AutoCloseable {

    /// So much garbage is let lie however little lives, bytes.
    static final long GARBAGE_BYTES_MIN = 48L << 20;

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final String POOL = "Tenured Gen";

    private final Tasks tasks = new Tasks("heap");
    private final @Nullable MemoryPoolMXBean old;

    /// Begins to look.
    public HeapKeeper() {
        old =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals(POOL))
                        .findFirst()
                        .orElse(null);
        if (old != null) {
            tasks.every("heap", INTERVAL, INTERVAL, this::look);
        }
    }

    private void look() {
        MemoryPoolMXBean pool = old;
        MemoryUsage left = pool == null ? null : pool.getCollectionUsage();
        if (pool != null && isDue(pool.getUsage().getUsed(), left == null ? 0 : left.getUsed())) {
            System.gc();
        }
    }

    /// Whether to collect: `used` bytes are taken by old objects, of which `lived` were left after
    /// the last time.
    static boolean isDue(long used, long lived) {
        return used - lived > Math.max(GARBAGE_BYTES_MIN, lived);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
