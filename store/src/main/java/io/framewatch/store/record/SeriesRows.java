package io.framewatch.store.record;

import io.framewatch.model.Labels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// Identities of series. Those that are read without being copied stay bytes until somebody asks
/// for their labels: a flush hands them on as bytes. Not thread safe.
public final class SeriesRows implements Iterable<MetricRecord.SeriesRow> {

    /// What takes the label pairs of a row as UTF-8, in order.
    public interface PairSink {

        /// A pair: where in `in` its name and its value stand, and how many bytes each has.
        void pair(ByteBuffer in, int name, int nameBytes, int value, int valueBytes);
    }

    private static final int LABELS_AT = Long.BYTES + 1;

    private final boolean isLent;
    private final List<MetricRecord.SeriesRow> rows = new ArrayList<>();

    /// Where rows that are read lie, and at which byte each, if they are not copied.
    private ByteBuffer lent = ByteBuffer.allocate(0);

    private int[] places = {};

    /// None yet.
    SeriesRows() {
        this(false);
    }

    private SeriesRows(boolean isLent) {
        this.isLent = isLent;
    }

    /// None yet, which [#read] leaves where they are instead of copying them.
    static SeriesRows lent() {
        return new SeriesRows(true);
    }

    /// Adds one.
    public void add(MetricRecord.SeriesRow row) {
        if (isLent) {
            throw new IllegalStateException("rows that were read without copying stay as they are");
        }
        rows.add(row);
    }

    /// How many.
    public int size() {
        return isLent ? places.length : rows.size();
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return size() == 0;
    }

    /// The id of row `row`.
    public long id(int row) {
        return isLent ? lent.getLong(places[row]) : rows.get(row).id();
    }

    /// The salt of row `row`, 0 to 255.
    public int salt(int row) {
        return isLent ? lent.get(places[row] + Long.BYTES) & 0xff : rows.get(row).salt();
    }

    /// Row `row` with its labels.
    public MetricRecord.SeriesRow row(int row) {
        return isLent ? readRow(at(places[row])) : rows.get(row);
    }

    @Override
    public Iterator<MetricRecord.SeriesRow> iterator() {
        return IntStream.range(0, size()).mapToObj(this::row).iterator();
    }

    private ByteBuffer at(int place) {
        return lent.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(place);
    }

    /// Hands the labels of row `row` to `sink`; returns how many pairs they are.
    public int pairs(int row, PairSink sink) {
        if (isLent) {
            return pairs(lent, places[row] + LABELS_AT, sink);
        }
        Labels labels = rows.get(row).labels();
        return pairs(new ByteWriter(256).putLabels(labels).done(), 0, sink);
    }

    private static int pairs(ByteBuffer in, int from, PairSink sink) {
        int size = in.getInt(from);
        int at = from + Integer.BYTES;
        for (int i = 0; i < size; i++) {
            int name = at + Integer.BYTES;
            int nameBytes = in.getInt(at);
            int value = name + nameBytes + Integer.BYTES;
            int valueBytes = in.getInt(name + nameBytes);
            sink.pair(in, name, nameBytes, value, valueBytes);
            at = value + valueBytes;
        }
        return size;
    }

    void write(ByteWriter out) {
        out.putInt(rows.size());
        for (MetricRecord.SeriesRow row : rows) {
            out.putLong(row.id()).putByte(row.salt());
            out.putLabels(row.labels());
        }
    }

    void read(ByteBuffer in) {
        int more = in.getInt();
        if (!isLent) {
            for (int i = 0; i < more; i++) {
                rows.add(readRow(in));
            }
            return;
        }
        lent = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int[] found = new int[more];
        for (int i = 0; i < more; i++) {
            found[i] = in.position();
            in.position(in.position() + LABELS_AT);
            for (int texts = 2 * in.getInt(); texts > 0; texts--) {
                int bytes = in.getInt();
                in.position(in.position() + bytes);
            }
        }
        places = found;
    }

    private static MetricRecord.SeriesRow readRow(ByteBuffer in) {
        return new MetricRecord.SeriesRow(in.getLong(), in.get() & 0xff, ByteWriter.labels(in));
    }
}
