package io.framewatch.query.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.Value;
import io.framewatch.store.LogStore;
import io.framewatch.store.memory.InMemoryLogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Log queries made to hurt: each ends with its answer or a clear fault soon after its time is
/// over, holds no more than it may, and gives everything back.
@Timeout(120)
final class LogBombTest {

    private static final int LINES = 200_000;
    private static final long STEPS = 10_999;
    private static final Set<String> ENDS =
            Set.of("query_limit", "query_timeout", "query_memory", "query_busy");

    private final LogStore store = new InMemoryLogStore(1L << 30);
    private final QueryGuard guard =
            new QueryGuard(new QueryGuard.Limits(20, 20, 20, 1_000, 4_000_000), Clock.system());
    private final LogqlEngine engine =
            new LogqlEngine(store, LogqlLimits.DEFAULT, guard, Clock.system());
    private final QueryContext context =
            QueryContext.of(new QueryLimits(500_000, 50_000_000, 11_000, 1_500));

    @BeforeEach
    void load() {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            Labels stream = Labels.of("app", "a" + i % 10);
            String line = "level=info n=" + i + " value=" + i * 0.37 + " bytes=" + i % 1000;
            entries.add(new LogEntry(i * LogEntry.NS_PER_MS, stream, line, Labels.EMPTY));
        }
        store.append(Tenant.DEFAULT, entries);
    }

    private Value range(String query, QueryContext under) {
        LogqlExpr.Numbers numbers = (LogqlExpr.Numbers) LogqlParser.parse(query);
        return engine.range(Tenant.DEFAULT, numbers.query(), 0, STEPS * 100, 100, under).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Every step sees every line.
                "quantile_over_time(0.9, {app=~\".+\"} | logfmt | unwrap value [1d]) by (app)",
                "max_over_time({app=~\".+\"} | logfmt | unwrap value [1d]) by ()",
                "stddev_over_time({app=~\".+\"} | logfmt | unwrap value [1d]) by ()",
                // A series for each line.
                "count_over_time({app=~\".+\"} | logfmt [1d])",
                "sum by (n) (count_over_time({app=~\".+\"} | regexp \"n=(?P<n>[0-9]{1,4})\" [1d]))",
                "absent_over_time({app=~\".+\"} |= \"nowhere\" [1d])"
            })
    void aWideMetricQueryEnds(String query) {
        FaultException end =
                catchThrowableOfType(FaultException.class, () -> range(query, context));
        if (end != null) {
            assertThat(end.fault().code()).isIn(ENDS);
        }
        assertThat(guard.samples()).isZero();
        assertThat(guard.running()).isZero();
    }

    @Test
    void countsOverALongWindowCostTheSameAtEveryStep() {
        QueryContext plenty = QueryContext.of(new QueryLimits(1_000, 50_000_000, 11_000, 100_000));
        MatrixValue counts = (MatrixValue) range("sum(count_over_time({app=~\".+\"}[1d]))", plenty);
        double[] values = counts.series().getFirst().values();
        assertThat(values[0]).isEqualTo(1);
        assertThat(values[values.length - 1]).isEqualTo(LINES);
        MatrixValue bytes =
                (MatrixValue)
                        range(
                                "sum_over_time({app=\"a3\"} | logfmt | keep app, bytes | unwrap bytes"
                                        + " [10s])",
                                plenty);
        // At 10 s all of the first ten: 3, 13 ... 993, ten times.
        assertThat(bytes.series().getFirst().values()[99]).isEqualTo(10 * 49_800);
    }

    /// A template that makes each line nine times as long, again and again, marks its lines.
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".t | replace \"\" \"aaaaaaaa\"",
                "regexReplaceAll \"(.)\" .t \"${1}aaaaaaaa\""
            })
    void textsThatGrowInTemplatesAreCutShort(String grow) {
        String again = "| label_format t=`{{" + grow + "}}` ";
        String query = "{app=\"a3\"} | label_format t=app " + again.repeat(12);
        LogqlExpr.Lines lines = (LogqlExpr.Lines) LogqlParser.parse(query);
        List<LogStream> found =
                engine.lines(Tenant.DEFAULT, lines.query(), 0, Long.MAX_VALUE, true, 1, context);
        assertThat(found.getFirst().labels().get("__error__")).isEqualTo("TemplateFormatErr");
    }

    @Test
    void manyLongLinesAreRefusedWhereTheyDoNotFit() {
        String half = "x".repeat(500_000);
        List<LogEntry> entries = new ArrayList<>();
        Labels stream = Labels.of("app", "long");
        for (int i = 0; i < 200; i++) {
            entries.add(new LogEntry(i, stream, half, Labels.EMPTY));
        }
        store.append(Tenant.DEFAULT, entries);
        LogqlExpr.Lines lines = (LogqlExpr.Lines) LogqlParser.parse("{app=\"long\"}");
        FaultException end =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                engine.lines(
                                        Tenant.DEFAULT,
                                        lines.query(),
                                        0,
                                        Long.MAX_VALUE,
                                        true,
                                        5_000,
                                        context));
        assertThat(end.fault().code()).isEqualTo("query_memory");
        assertThat(guard.samples()).isZero();
    }
}
