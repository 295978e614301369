package io.framewatch.wire.remotewrite;

import io.framewatch.model.Series;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Series by the bytes of their labels as senders write them. When full it starts anew, which costs
/// slow requests until it has met all series again. Thread safe, so that all requests of a tenant
/// share what they have met; belongs to one tenant.
///
/// The bytes themselves are not needed, which at a million series would take hundreds of megabytes,
/// but 128 bits of a hash whose keys are drawn at random at each start and never leave the process.
/// That two of a million series share all of them happens once in 10^26 starts.
///
/// Senders name their series in the same order again and again. So each entry also knows which one
/// came behind it last, how long its bytes are, and keeps them while a budget lasts: to compare a
/// row with those that are expected costs a fraction of looking for where they end, hashing them
/// and looking them up. Where they are not kept, their hash is compared, without looking.
public final class SeriesByBytes {

    private static final int SLOTS_MIN = 1024;

    private final int seriesMax;
    private final AtomicLong keyBytesLeft;

    /// Replaced and filled by one thread at a time, read by any: who reads an old one or misses an
    /// entry only asks the store once more.
    private volatile SeriesColumns columns = new SeriesColumns(SLOTS_MIN);

    /// Remembers at most `seriesMax` series, and the bytes of none.
    public SeriesByBytes(int seriesMax) {
        this(seriesMax, new AtomicLong());
    }

    /// Remembers at most `seriesMax` series, and their bytes while `keyBytesLeft` lasts, which is
    /// counted down and may be shared: with others that last as long as it does.
    public SeriesByBytes(int seriesMax, AtomicLong keyBytesLeft) {
        this.seriesMax = seriesMax;
        this.keyBytesLeft = keyBytesLeft;
    }

    /// Series remembered.
    public synchronized int size() {
        return columns.size();
    }

    /// What has been met up to now and, until there is no more room, what is met from now on.
    SeriesColumns columns() {
        return columns;
    }

    /// The series of these bytes, or null.
    public @Nullable Series find(byte[] data, int from, int to) {
        SeriesColumns known = columns;
        int entry = known.find(data, from, to);
        return entry == SeriesColumns.NONE ? null : known.series(entry);
    }

    /// Remembers the series of these bytes.
    public synchronized void put(byte[] data, int from, int to, Series series) {
        SeriesColumns known = columns;
        if (known.find(data, from, to) != SeriesColumns.NONE) {
            return;
        }
        if (known.size() >= Math.min(seriesMax, known.capacity())) {
            known = withRoom(known);
        }
        known.add(data, from, to, series, kept(data, from, to));
        columns = known;
    }

    /// The bytes, if there is room for them.
    private byte[] kept(byte[] data, int from, int to) {
        long cost = to - from + (long) SeriesColumns.KEY_EXTRA_BYTES;
        if (keyBytesLeft.get() < cost) {
            return SeriesColumns.NOT_KEPT;
        }
        keyBytesLeft.addAndGet(-cost);
        return Arrays.copyOfRange(data, from, to);
    }

    /// Columns without the series that the store has let go of: as large as `old` if that leaves a
    /// quarter free, twice as large if not, and empty if they would hold too many.
    private SeriesColumns withRoom(SeriesColumns old) {
        int living = old.living();
        boolean anew = living > seriesMax - seriesMax / 4;
        boolean wider = living > old.capacity() - old.capacity() / 4;
        SeriesColumns fresh =
                anew
                        ? new SeriesColumns(SLOTS_MIN)
                        : old.resized(wider ? old.capacity() * 2 : old.capacity());
        keyBytesLeft.addAndGet(old.keyBytes() - fresh.keyBytes());
        return fresh;
    }
}
