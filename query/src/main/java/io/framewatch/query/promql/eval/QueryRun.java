package io.framewatch.query.promql.eval;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.QueryTime;
import io.framewatch.query.promql.ast.Span;
import io.framewatch.store.SelectLimits;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One query under way: whose it is, its outer range, what it has used and may still use. What
/// counts and limits is thread safe: the series of a leaf are computed by several threads.
public final class QueryRun {

    private static final int CHECK_EVERY = 64;

    private final Tenant tenant;
    private final String text;
    private final StepGrid outer;
    private final boolean range;
    private final long lookbackMs;
    private final long subqueryStepMs;
    private final QueryContext context;
    private final Clock clock;
    private final QueryTime time;
    private final Annotations annotations;
    private final PlanRecorder plan;
    private final QueryGuard.Turn turn;
    private long samplesHeld;
    private long samplesPeak;
    private long seriesSelected;
    private long samplesSelected;
    private int checks;
    private @Nullable StepCounts counts;

    /// A run that starts now.
    ///
    /// @param outer the times the whole query is evaluated at
    /// @param range whether it is a range query
    /// @param turn what lets it run; closed by the caller
    public QueryRun(
            Tenant tenant,
            String text,
            StepGrid outer,
            boolean range,
            long lookbackMs,
            long subqueryStepMs,
            QueryContext context,
            QueryGuard.Turn turn,
            Clock clock) {
        this.turn = turn;
        this.tenant = tenant;
        this.text = text;
        this.outer = outer;
        this.range = range;
        this.lookbackMs = lookbackMs;
        this.subqueryStepMs = subqueryStepMs;
        this.context = context;
        this.clock = clock;
        this.time = new QueryTime(context, clock);
        this.annotations = new Annotations(text);
        this.plan = new PlanRecorder(text);
        this.counts = context.counted() ? new StepCounts(outer.steps()) : null;
    }

    /// Whose data is read.
    public Tenant tenant() {
        return tenant;
    }

    /// The times of the whole query.
    public StepGrid outer() {
        return outer;
    }

    /// Whether it is a range query.
    public boolean isRange() {
        return range;
    }

    /// How long a sample counts as current, milliseconds.
    public long lookbackMs() {
        return lookbackMs;
    }

    /// The step of subqueries without one, milliseconds.
    public long subqueryStepMs() {
        return subqueryStepMs;
    }

    /// The limits and the handle to stop it.
    public QueryContext context() {
        return context;
    }

    /// Where warnings go.
    public Annotations annotations() {
        return annotations;
    }

    /// Where it is written down how the query is run.
    public PlanRecorder plan() {
        return plan;
    }

    /// What one read of the store may cost.
    SelectLimits selectLimits() {
        QueryLimits limits = context.limits();
        return new SelectLimits(limits.seriesMax(), limits.samplesMax(), time.leftMs());
    }

    /// The time, nanoseconds from some origin.
    long nanoTime() {
        return clock.nanoTime();
    }

    /// Throws if the query was cancelled or ran out of time. Cheap enough to call per series.
    public synchronized void check() {
        if (context.cancelled() || ++checks % CHECK_EVERY == 1) {
            checkTime();
        }
    }

    /// Throws if the query was cancelled or ran out of time.
    void checkTime() {
        time.check();
    }

    /// How long it waited for its turn, nanoseconds.
    public long queuedNs() {
        return turn.waitedNs();
    }

    /// Counts samples read from the store.
    public synchronized void countSelected(long series, long samples) {
        seriesSelected += series;
        samplesSelected += samples;
        hold(samples);
    }

    /// A series of `samples` was read and is to be computed at `steps`: checks, counts and holds
    /// both at once.
    synchronized void begin(long samples, long steps) {
        check();
        countSelected(1, samples);
        hold(steps);
    }

    /// Counts samples held in memory and throws `query_limit` beyond the limit.
    public synchronized void hold(long samples) {
        samplesHeld += samples;
        samplesPeak = Math.max(samplesPeak, samplesHeld);
        if (samplesHeld > context.limits().samplesMax()) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "query processing would load too many samples into memory: the limit"
                                    + " is "
                                    + context.limits().samplesMax()
                                    + ".",
                            "Shorten the range, widen the step or narrow the selectors."));
        }
        turn.reserve(samplesHeld);
    }

    /// Counts samples no longer held.
    public synchronized void release(long samples) {
        samplesHeld -= samples;
    }

    /// Where the samples of each step are counted, null unless anyone wants to know; for the thread
    /// that evaluates.
    @Nullable StepCounts stepCounts() {
        return counts;
    }

    /// Runs `part`, which has `steps` steps, with counts of its own.
    <T> Counted<T> counted(int steps, Supplier<T> part) {
        StepCounts around = counts;
        if (around == null) {
            return new Counted<>(part.get(), 0);
        }
        StepCounts own = new StepCounts(steps);
        counts = own;
        try {
            return new Counted<>(part.get(), own.total());
        } finally {
            counts = around;
        }
    }

    /// What a part yielded.
    ///
    /// @param value the answer
    /// @param samples that its steps have looked at, all together; 0 unless they are counted
    record Counted<T>(T value, long samples) {}

    /// Samples that each step has looked at, none unless they are counted.
    public long[] stepSamples() {
        return counts == null ? new long[0] : counts.toArray();
    }

    /// A fault of evaluation at `span`.
    public FaultException fault(Span span, String what, String todo) {
        return new FaultException(
                Fault.caller("promql_eval", span.position(text) + ": " + what + ".", todo));
    }

    /// Series read so far.
    public long seriesSelected() {
        return seriesSelected;
    }

    /// Samples read so far.
    public long samplesSelected() {
        return samplesSelected;
    }

    /// Most samples held at once so far.
    public long samplesPeak() {
        return samplesPeak;
    }

    /// Time since the start, nanoseconds.
    public long elapsedNs() {
        return time.elapsedNs();
    }
}
