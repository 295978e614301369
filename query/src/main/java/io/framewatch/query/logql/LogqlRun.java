package io.framewatch.query.logql;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryTime;
import java.time.Duration;

/// One LogQL query under way: what it has used and may still use. What it holds counts beside what
/// the PromQL queries hold. Not thread safe.
final class LogqlRun {

    private static final int CHECK_EVERY = 4096;

    /// Bytes of text count as so many samples, with the copies that the answer is made of.
    private static final int TEXT_BYTES = QueryGuard.Limits.SAMPLE_BYTES / 2;

    /// What a set of labels costs beside its texts, bytes.
    private static final int LABELS_COST = 128;

    private final QueryContext context;
    private final QueryGuard.Turn turn;
    private final QueryTime time;
    private long held;
    private long work;

    /// A run that starts now; `turn` is closed by the caller.
    LogqlRun(QueryContext context, QueryGuard.Turn turn, Clock clock) {
        this.context = context;
        this.turn = turn;
        this.time = new QueryTime(context, clock);
    }

    /// Counts what was done, in lines or numbers looked at, and throws `query_timeout` or
    /// `query_canceled` now and then if the query is over.
    void did(long steps) {
        work += steps;
        if (work >= CHECK_EVERY) {
            work = 0;
            time.check();
        }
    }

    /// Counts samples held in memory. Throws `query_limit` where the query holds too many, and
    /// `query_memory`, turn `LATER`, where all queries together do.
    void hold(long samples) {
        held += samples;
        if (held > context.limits().samplesMax()) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The query holds more than "
                                    + context.limits().samplesMax()
                                    + " values in memory.",
                            "Shorten the range, widen the step or narrow the selector."));
        }
        turn.reserve(held);
    }

    /// Counts text held in memory.
    void holdText(int length) {
        hold(length / TEXT_BYTES + 1);
    }

    /// Counts the labels of a stream or series held in memory.
    void holdLabels(Labels labels) {
        long length = LABELS_COST;
        for (int i = 0; i < labels.size(); i++) {
            length += labels.nameAt(i).length() + labels.valueAt(i).length();
        }
        hold(length / TEXT_BYTES);
    }

    /// Counts samples no longer held.
    void release(long samples) {
        held -= samples;
    }

    /// Samples held.
    long held() {
        return held;
    }

    /// For what is computed from the lines: the same limits with the time that is left.
    QueryContext rest() {
        time.check();
        return context.withTimeout(Duration.ofMillis(time.leftMs())).withoutWaiting();
    }
}
