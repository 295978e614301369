package io.framewatch.engine;

/// What a statement read and wrote. What it read is the engine's last report of progress, which may
/// lack the last rows.
///
/// @param readRows rows read from tables
/// @param readBytes bytes read from tables, uncompressed
/// @param writtenRows rows inserted
/// @param writtenBytes bytes inserted, uncompressed
public record Summary(long readRows, long readBytes, long writtenRows, long writtenBytes) {

    /// Nothing.
    public static final Summary NONE = new Summary(0, 0, 0, 0);

    /// Both together.
    Summary plus(Summary other) {
        return new Summary(
                readRows + other.readRows,
                readBytes + other.readBytes,
                writtenRows + other.writtenRows,
                writtenBytes + other.writtenBytes);
    }

    /// As ClickHouse writes it in `X-ClickHouse-Summary`.
    String json() {
        return ("{\"read_rows\":\"%d\",\"read_bytes\":\"%d\","
                        + "\"written_rows\":\"%d\",\"written_bytes\":\"%d\"}")
                .formatted(readRows, readBytes, writtenRows, writtenBytes);
    }
}
