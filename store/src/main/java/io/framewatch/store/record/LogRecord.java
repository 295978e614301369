package io.framewatch.store.record;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Log lines of one tenant as they stand in the log.
///
/// @param tenant whose
/// @param streams the streams of the lines, each once
/// @param days days on which a stream of this record was seen for the first time
/// @param lines the lines in the order of their arrival
public record LogRecord(
        Tenant tenant, List<StreamRow> streams, List<DayRow> days, List<LineRow> lines) {

    /// A stream.
    ///
    /// @param id its id
    /// @param labels its labels
    public record StreamRow(long id, Labels labels) {}

    /// A stream was seen on a day.
    ///
    /// @param stream index in `streams`
    /// @param day days since 1970-01-01, UTC
    public record DayRow(int stream, int day) {}

    /// A line.
    ///
    /// @param stream index in `streams`
    /// @param timestampNs Unix nanoseconds
    /// @param line its text
    /// @param metadata its own fields
    public record LineRow(int stream, long timestampNs, String line, Labels metadata) {}

    private static final int LINE_BYTES = 256;

    /// The record as bytes.
    public ByteBuffer encode() {
        ByteWriter out = new ByteWriter(64 + streams.size() * 256 + lines.size() * LINE_BYTES);
        out.putText(tenant.id());
        out.putInt(streams.size());
        for (StreamRow stream : streams) {
            out.putLong(stream.id()).putLabels(stream.labels());
        }
        out.putInt(days.size());
        for (DayRow day : days) {
            out.putInt(day.stream()).putInt(day.day());
        }
        out.putInt(lines.size());
        for (LineRow line : lines) {
            out.putInt(line.stream()).putLong(line.timestampNs()).putText(line.line());
            out.putLabels(line.metadata());
        }
        return out.done();
    }

    /// Reads what [#encode] wrote; `in` is little endian.
    public static LogRecord decode(ByteBuffer in) {
        Tenant tenant = new Tenant(ByteWriter.text(in));
        List<StreamRow> streams = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            streams.add(new StreamRow(in.getLong(), ByteWriter.labels(in)));
        }
        List<DayRow> days = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            days.add(new DayRow(in.getInt(), in.getInt()));
        }
        int count = in.getInt();
        List<LineRow> lines = new ArrayList<>(count);
        for (int n = count; n > 0; n--) {
            lines.add(
                    new LineRow(
                            in.getInt(), in.getLong(), ByteWriter.text(in), ByteWriter.labels(in)));
        }
        return new LogRecord(tenant, streams, days, lines);
    }

    /// The lines as they came.
    public List<LogEntry> entries() {
        List<LogEntry> entries = new ArrayList<>(lines.size());
        for (LineRow line : lines) {
            entries.add(
                    new LogEntry(
                            line.timestampNs(),
                            streams.get(line.stream()).labels(),
                            line.line(),
                            line.metadata()));
        }
        return entries;
    }
}
