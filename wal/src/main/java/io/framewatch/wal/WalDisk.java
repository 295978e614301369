package io.framewatch.wal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// Opens the files that the log writes; a test passes a disk that fills up or fails.
@FunctionalInterface
public interface WalDisk {

    /// The real one.
    WalDisk REAL = FileChannel::open;

    /// Opens a file, as `FileChannel.open` does.
    FileChannel open(Path path, OpenOption... options) throws IOException;
}
