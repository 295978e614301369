package io.framewatch.ingest.spool;

import org.jspecify.annotations.Nullable;

/// How far a destination is in the spool, for one kind of rows.
///
/// @param sequence number of the record to go on in
/// @param row rows of the kind in that record that are done
/// @param total rows of the kind ever spooled before this place, -1 if that is not known
public record Position(long sequence, int row, long total) {

    /// Before everything that is there, whatever that is.
    public static final Position OLDEST = new Position(0, 0, -1);

    private static final String VERSION = "1";

    /// One line of text.
    String format() {
        return String.join(
                " ", VERSION, Long.toString(sequence), Integer.toString(row), Long.toString(total));
    }

    /// Reads what [#format] wrote; null if it is something else.
    static @Nullable Position parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            return null;
        }
        try {
            Position position =
                    new Position(
                            Long.parseLong(parts[1]),
                            Integer.parseInt(parts[2]),
                            Long.parseLong(parts[3]));
            return position.sequence < 0 || position.row < 0 ? null : position;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
