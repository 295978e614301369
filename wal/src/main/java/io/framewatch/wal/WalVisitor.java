package io.framewatch.wal;

import java.nio.ByteBuffer;

/// Receives what a replay finds, in the order it was written.
public interface WalVisitor {

    /// One intact record. `payload` is read-only, little endian and valid only during the call,
    /// unless the reader says more.
    void record(long sequence, int type, ByteBuffer payload);

    /// A place where records are missing or unreadable; the replay goes on behind it.
    void damaged(WalDamage damage);
}
