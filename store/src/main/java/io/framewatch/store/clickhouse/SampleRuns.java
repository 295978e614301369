package io.framewatch.store.clickhouse;

import io.framewatch.store.TimeWindows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Deals out the samples of blocks as they were read, without those that no window holds, in runs
/// as long as can be. Used once, by one thread.
final class SampleRuns {

    private final long[] ids;
    private final int[] ends;
    private final long[] times;
    private final double[] values;
    private final long @Nullable [] starts;
    private final TimeWindows windows;
    private final SampleTable.Sink sink;

    // The run that is not told yet.
    private long id;
    private int from;
    private int to;

    /// @param block ids, times, values, and starts if `withStarts`
    SampleRuns(Block block, TimeWindows windows, boolean withStarts, SampleTable.Sink sink) {
        this.windows = windows;
        this.sink = sink;
        ids = block.longs(0);
        Column.Lists lists = (Column.Lists) block.columns().get(1);
        ends = lists.ends();
        times = ((Column.Longs) lists.elements()).values();
        values = ((Column.Doubles) ((Column.Lists) block.columns().get(2)).elements()).values();
        starts = withStarts ? starts((Column.Lists) block.columns().get(3)) : null;
    }

    /// Beside the times: blocks without a start have an empty list of them.
    private long[] starts(Column.Lists lists) {
        long[] all = new long[times.length];
        Arrays.fill(all, Times.NO_START);
        long[] known = ((Column.Longs) lists.elements()).values();
        int at = 0;
        for (int row = 0; row < ends.length; row++) {
            int many = lists.ends()[row] - at;
            System.arraycopy(known, at, all, row == 0 ? 0 : ends[row - 1], many);
            at += many;
        }
        return all;
    }

    void run() {
        int begin = 0;
        for (int row = 0; row < ids.length; row++) {
            add(ids[row], begin, ends[row]);
            begin = ends[row];
        }
        tell();
    }

    /// The samples of a block, from `begin` to `end`.
    private void add(long series, int begin, int end) {
        int first = begin;
        int after = end;
        if (begin == end) {
            return;
        }
        if (times[begin] < windows.range().fromMs()) {
            first = search(begin, end, windows.range().fromMs());
        }
        if (times[end - 1] > windows.range().toMs()) {
            after = search(begin, end, windows.range().toMs() + 1);
        }
        if (!windows.haveGaps()) {
            extend(series, first, after);
            return;
        }
        for (int i = first; i < after; i++) {
            if (windows.contain(times[i])) {
                extend(series, i, i + 1);
            }
        }
    }

    /// The first of `begin` to `end` that is not before `timeMs`.
    private int search(int begin, int end, long timeMs) {
        int low = begin;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < timeMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void extend(long series, int first, int after) {
        if (first >= after) {
            return;
        }
        if (first != to || series != id || from == to) {
            tell();
            id = series;
            from = first;
        }
        to = after;
    }

    private void tell() {
        if (to > from) {
            sink.samples(id, times, values, starts, from, to);
        }
        from = to;
    }
}
