package io.framewatch.query.promqltest;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.query.promqltest.Command.Load;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricAppender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the samples of a `load` into a store. Histograms get the counter-reset hints that
/// Prometheus's storage gives them: "no reset" behind a histogram that they continue, unknown
/// behind one that they do not.
final class Loader {

    private Loader() {}

    static void load(Load load, MetricAppender store, Tenant tenant) {
        Map<Labels, List<Point>> series = new LinkedHashMap<>();
        Map<Labels, List<Point>> starts = new LinkedHashMap<>();
        for (SeriesLine line : load.series()) {
            (line.startTimes() ? starts : series).put(line.labels(), line.points());
        }
        if (load.customHistograms()) {
            series.putAll(CustomHistograms.of(series));
        }
        SampleBatch batch = new SampleBatch(tenant, 1024);
        series.forEach((labels, points) ->
                add(
                        batch,
                        store.series(tenant, labels),
                        points,
                        starts.get(labels),
                        load.stepMs()));
        AppendResult result = store.append(batch);
        if (result.lost() > 0) {
            throw new ScriptException("samples were not stored: " + result);
        }
    }

    private static void add(
            SampleBatch batch,
            Series series,
            List<Point> points,
            @Nullable List<Point> starts,
            long stepMs) {
        NativeHistogram previous = null;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (!point.present()) {
                continue;
            }
            long time = i * stepMs;
            NativeHistogram histogram = point.histogram();
            if (histogram == null) {
                batch.add(series, time, point.value());
                previous = null;
            } else {
                batch.add(series, time, hinted(previous, histogram, point.hintGiven()));
                previous = histogram;
            }
            if (starts != null && i < starts.size() && starts.get(i).present()) {
                batch.startTimestampMs(time + (long) starts.get(i).value());
            }
        }
    }

    private static NativeHistogram hinted(
            @Nullable NativeHistogram previous, NativeHistogram histogram, boolean given) {
        boolean open = !given && histogram.resetHint() == ResetHint.UNKNOWN;
        if (!open || previous == null || previous.resetHint() == ResetHint.GAUGE) {
            return histogram;
        }
        return CounterResets.between(previous, histogram)
                ? histogram
                : CounterResets.withHint(histogram, ResetHint.NO_RESET);
    }
}
