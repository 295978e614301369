package io.framewatch.server.http.prometheus;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.QueryTime;
import io.framewatch.server.config.SharingSettings;
import io.framewatch.server.telemetry.Meters;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One evaluation however many look at it: a question that is being evaluated already is waited
/// for, and the answer for an aligned window is kept for a few seconds, never longer than its step.
/// Only the very same question of the very same tenant shares; a fault is shared with those who
/// waited and never kept. Thread safe.
///
/// @param <T> an answer; many read it at once, nobody changes it
public final class SharedResults<T> {

    /// A result that takes more than this part of the budget is not kept.
    private static final int PARTS = 8;

    private final long keepMs;
    private final long bytesMax;
    private final ToLongFunction<T> size;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Question, CompletableFuture<T>> underWay = new HashMap<>();
    private final Map<Question, Kept<T>> kept = new LinkedHashMap<>();
    private long bytes;
    private final LongAdder evaluated = new LongAdder();
    private final LongAdder joined = new LongAdder();
    private final LongAdder reused = new LongAdder();

    /// What is asked. An instant question has the step 0 and its time as start and end.
    ///
    /// @param tenant who asks
    /// @param query the expression as it was sent
    /// @param startMs first evaluation time, Unix milliseconds
    /// @param endMs last evaluation time
    /// @param stepMs time between, 0 for an instant
    /// @param timeoutMs longest evaluation
    /// @param lookbackMs how far a sample reaches, 0 for the server's own
    /// @param counted whether the samples of each step are counted
    record Question(
            Tenant tenant,
            String query,
            long startMs,
            long endMs,
            long stepMs,
            long timeoutMs,
            long lookbackMs,
            boolean counted) {

        /// Whether others are likely to ask the very same: times on the grid of the step.
        boolean aligned() {
            return stepMs > 0 && startMs % stepMs == 0 && endMs % stepMs == 0;
        }
    }

    private record Kept<T>(T result, long untilNs, long bytes) {}

    /// @param keepMs longest time a result is kept, milliseconds; 0 keeps none
    /// @param bytesMax what kept results may take together, bytes
    /// @param size about what a result takes, bytes
    public SharedResults(long keepMs, long bytesMax, ToLongFunction<T> size, Clock clock) {
        this.keepMs = keepMs;
        this.bytesMax = bytesMax;
        this.size = size;
        this.clock = clock;
    }

    /// Of PromQL's results, by the operator's settings.
    public static SharedResults<QueryResult> ofQueries(SharingSettings settings, Clock clock) {
        return new SharedResults<>(settings.keepMs(), settings.bytesMax(), ResultSizes::of, clock);
    }

    /// Makes its metrics.
    public void measure(Meters meters) {
        meters.counted(
                "framewatch_query_evaluations_total",
                "Queries evaluated for the Prometheus API.",
                this::evaluated);
        meters.counted(
                "framewatch_query_joined_total",
                "Queries that waited for the same one of another viewer.",
                this::joined);
        meters.counted(
                "framewatch_query_reused_total",
                "Queries answered with a result kept for another viewer.",
                this::reused);
        meters.gauge(
                "framewatch_query_kept_bytes",
                "What results kept for other viewers take, estimated.",
                this::bytes);
    }

    /// Questions evaluated.
    public long evaluated() {
        return evaluated.sum();
    }

    /// Questions that waited for another's evaluation.
    public long joined() {
        return joined.sum();
    }

    /// Questions answered with a kept result.
    public long reused() {
        return reused.sum();
    }

    /// What kept results take, bytes, estimated.
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /// The answer to a question. Throws what the evaluation throws, and `query_timeout` when
    /// somebody else's evaluation takes longer than this question may.
    ///
    /// @param fresh whether neither a kept result nor an evaluation begun earlier will do
    T answer(Question question, boolean fresh, Supplier<T> evaluation) {
        if (fresh) {
            return evaluate(question, null, evaluation);
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others;
        lock.lock();
        try {
            Kept<T> known = kept.get(question);
            if (known != null && known.untilNs - clock.nanoTime() > 0) {
                reused.increment();
                return known.result;
            }
            others = underWay.putIfAbsent(question, mine);
        } finally {
            lock.unlock();
        }
        return others == null ? evaluate(question, mine, evaluation) : join(question, others);
    }

    private T evaluate(
            Question question, @Nullable CompletableFuture<T> mine, Supplier<T> evaluation) {
        evaluated.increment();
        long beganNs = clock.nanoTime();
        try {
            T result = evaluation.get();
            finish(question, mine, result, beganNs);
            return result;
        } catch (RuntimeException | Error e) {
            if (mine != null) {
                forget(question, mine);
                mine.completeExceptionally(e);
            }
            throw e;
        }
    }

    private void forget(Question question, CompletableFuture<T> mine) {
        lock.lock();
        try {
            underWay.remove(question, mine);
        } finally {
            lock.unlock();
        }
    }

    private void finish(
            Question question, @Nullable CompletableFuture<T> mine, T result, long beganNs) {
        long taken = question.aligned() && keepMs > 0 ? size.applyAsLong(result) : Long.MAX_VALUE;
        lock.lock();
        try {
            if (mine != null) {
                underWay.remove(question, mine);
            }
            if (taken <= bytesMax / PARTS) {
                long forMs = Math.min(keepMs, question.stepMs);
                keep(question, new Kept<>(result, beganNs + forMs * 1_000_000, taken));
            }
        } finally {
            lock.unlock();
        }
        if (mine != null) {
            mine.complete(result);
        }
    }

    private void keep(Question question, Kept<T> fresh) {
        Kept<T> before = kept.remove(question);
        bytes += fresh.bytes - (before == null ? 0 : before.bytes);
        kept.put(question, fresh);
        long now = clock.nanoTime();
        Iterator<Kept<T>> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            Kept<T> each = oldest.next();
            if (bytes <= bytesMax && each.untilNs - now > 0) {
                break;
            }
            bytes -= each.bytes;
            oldest.remove();
        }
    }

    private T join(Question question, CompletableFuture<T> others) {
        joined.increment();
        try {
            return others.get(question.timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case FaultException fault -> throw new FaultException(fault.fault(), fault);
                case null, default -> throw new IllegalStateException("the evaluation failed", e);
            }
        } catch (TimeoutException e) {
            throw new FaultException(QueryTime.timeout(question.timeoutMs), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException(QueryTime.canceled(), e);
        }
    }
}
