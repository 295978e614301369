package io.framewatch.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Real files on a disk that fills up, or whose syncs fail, when a test says so. Pass `disk::open`
/// where code opens its files. Thread safe.
public final class FaultyDisk {

    private final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean syncsFail;

    /// From now on `bytes` more can be written; a longer write is cut short and then refused, as a
    /// full disk does.
    public void freeBytes(long bytes) {
        freeBytes.set(bytes);
    }

    /// Whether syncs fail from now on.
    public void syncsFail(boolean fail) {
        syncsFail = fail;
    }

    /// Opens a file of this disk, as `FileChannel.open` does.
    public FileChannel open(Path path, OpenOption... options) throws IOException {
        return new FaultyFileChannel(FileChannel.open(path, options), this);
    }

    /// How many of `wanted` bytes may be written, at least 1. Throws when the disk is full.
    int grant(int wanted) throws IOException {
        long before = freeBytes.getAndUpdate(free -> free - Math.min(free, wanted));
        if (before <= 0 && wanted > 0) {
            throw new IOException("No space left on device");
        }
        return (int) Math.min(before, wanted);
    }

    void checkSync() throws IOException {
        if (syncsFail) {
            throw new IOException("Input/output error");
        }
    }
}
