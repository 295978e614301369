package io.framewatch.query.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.store.SeriesSamples;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CounterWindowsTest {

    private static final Labels LABELS = Labels.of("__name__", "m_total");
    private static final long RANGE_MS = 60_000;
    private static final LeafTime NOW = new LeafTime(null, 0);
    private static final StepGrid GRID = new StepGrid(0, 15_000, 200);

    private final Random random = new Random(3);

    /// Counters that begin near zero, stand still, reset, and are looked at unevenly or evenly.
    private SeriesSamples samples(boolean even) {
        int size = 200;
        long[] times = new long[size];
        double[] values = new double[size];
        long ms = random.nextInt(30_000);
        double value = random.nextInt(3);
        for (int i = 0; i < size; i++) {
            times[i] = ms;
            values[i] = value;
            ms += even ? 10_000 : 1 + random.nextInt(25_000);
            value = random.nextInt(20) == 0 ? 0 : value + random.nextInt(4);
            value = random.nextInt(50) == 0 ? -1 : value;
        }
        return new SeriesSamples(LABELS, size, times, values, null);
    }

    private static RangeCall call(String name, RangeFunction function) {
        return new RangeCall(name, function, new double[0][], new Span(0, 1), new Span(0, 1));
    }

    private static void sameAsWindowByWindow(SeriesSamples samples, RangeCall call) {
        CounterWindows counters =
                Objects.requireNonNull(CounterWindows.of(samples, call, Mode.PLAIN));
        GridSeries series =
                Objects.requireNonNull(counters.apply(NOW, RANGE_MS, true, GRID, 0, GRID.steps()));
        Window window =
                new Window(samples, call, Mode.PLAIN, RANGE_MS, RANGE_MS, new Annotations(""));
        for (int step = 0; step < GRID.steps(); step++) {
            window.moveTo(step, GRID.timeMs(step), GRID.timeMs(step));
            double expected =
                    window.size() == 0 ? GridSeries.ABSENT : call.function().apply(window);
            assertThat(Double.doubleToRawLongBits(series.value(step)))
                    .as("%s at %d", call.name(), GRID.timeMs(step))
                    .isEqualTo(Double.doubleToRawLongBits(expected));
        }
    }

    @Test
    void allWindowsOfASeriesAreWhatEachIsAlone() {
        for (int round = 0; round < 400; round++) {
            SeriesSamples samples = samples(round % 2 == 0);
            sameAsWindowByWindow(samples, call("rate", RateFunctions::rate));
            sameAsWindowByWindow(samples, call("increase", RateFunctions::increase));
            sameAsWindowByWindow(samples, call("delta", RateFunctions::delta));
        }
    }
}
