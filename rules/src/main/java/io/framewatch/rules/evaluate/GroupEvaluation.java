package io.framewatch.rules.evaluate;

import io.framewatch.model.Alert;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.rules.file.Rule;
import io.framewatch.rules.file.RuleGroup;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.rules.status.RuleStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// One rule group with everything it remembers. Evaluated by one thread at a time; asked for its
/// status by any.
public final class GroupEvaluation {

    /// Evaluations after the start in which alerts that appear have their past looked up.
    private static final int RESTORING_EVALUATIONS = 2;

    private static final class Slot {
        private final RuleEvaluation evaluation;
        private Set<Labels> written = new HashSet<>();
        private volatile Outcome outcome = Outcome.NONE;

        private Slot(RuleEvaluation evaluation) {
            this.evaluation = evaluation;
        }
    }

    private final RuleContext context;
    private final String file;
    private final RuleGroup group;
    private final long intervalMs;
    private final long queryOffsetMs;
    private final Clock clock;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Labels> orphans = new ArrayList<>();
    private final boolean restores;
    private volatile long lastMs;
    private volatile long tookNs;
    private final AtomicLong evaluations = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    /// A group that has not been evaluated yet.
    ///
    /// @param intervalMs used when the group names none, milliseconds
    /// @param queryOffsetMs used when the group names none, milliseconds
    /// @param restores whether alerts look up their past; not in tests of rules
    public GroupEvaluation(
            RuleContext context,
            String file,
            RuleGroup group,
            long intervalMs,
            long queryOffsetMs,
            boolean restores,
            Clock clock) {
        this.context = context;
        this.file = file;
        this.group = group;
        this.intervalMs = group.intervalMs() > 0 ? group.intervalMs() : intervalMs;
        this.queryOffsetMs = group.queryOffsetMs() >= 0 ? group.queryOffsetMs() : queryOffsetMs;
        this.restores = restores;
        this.clock = clock;
        for (Rule rule : group.rules()) {
            slots.add(
                    new Slot(
                            switch (rule) {
                                case Rule.Recording recording -> new RecordingEvaluation(recording);
                                case Rule.Alerting alerting -> new AlertingEvaluation(alerting);
                            }));
        }
    }

    /// The group as it stands in its file.
    public RuleGroup group() {
        return group;
    }

    /// Where and whose it is.
    public RuleContext context() {
        return context;
    }

    /// The file it stands in.
    public String file() {
        return file;
    }

    /// Between evaluations, milliseconds.
    public long intervalMs() {
        return intervalMs;
    }

    /// When it was evaluated last, Unix milliseconds; 0 before the first time.
    public long lastMs() {
        return lastMs;
    }

    /// The latest of its times at or before `nowMs`: spread over the interval by a hash of file and
    /// name, the same after every start.
    public long slotBefore(long nowMs) {
        long hash = Integer.toUnsignedLong((file + ";" + group.name()).hashCode() * 0x9E3779B1);
        long offset = hash % intervalMs;
        return Math.floorDiv(nowMs - offset, intervalMs) * intervalMs + offset;
    }

    /// Notes evaluations that were left out.
    public void miss(long count) {
        missed.addAndGet(count);
    }

    /// Evaluates all rules at `atMs` and writes what they give. A rule sees what those before it
    /// wrote; whether all of it is durable is known at the end.
    public void evaluate(long atMs) {
        long startNs = clock.nanoTime();
        Writes writes = new Writes(context.appender());
        for (Slot slot : slots) {
            evaluate(slot, atMs, writes);
        }
        writes.await();
        writeStale(orphans, atMs - queryOffsetMs);
        orphans.clear();
        evaluations.incrementAndGet();
        lastMs = atMs;
        tookNs = clock.nanoTime() - startNs;
    }

    private void evaluate(Slot slot, long atMs, Writes writes) {
        long startNs = clock.nanoTime();
        RuleStatus.Health health = RuleStatus.Health.OK;
        String error = "";
        try {
            List<RuleEvaluation.Result> results =
                    slot.evaluation.evaluate(context, atMs, queryOffsetMs, group.limit());
            if (restores
                    && evaluations.get() < RESTORING_EVALUATIONS
                    && slot.evaluation instanceof AlertingEvaluation alerting) {
                alerting.restore(context, atMs);
                results = alerting.current();
            }
            write(slot, results, atMs, writes);
        } catch (RuntimeException e) {
            // A defect in one rule must not end its group; the page and the API show it.
            health = RuleStatus.Health.BAD;
            error = text(e);
            failures.incrementAndGet();
        }
        slot.outcome = new Outcome(health, error, atMs, clock.nanoTime() - startNs);
    }

    private static String text(RuntimeException failure) {
        return failure instanceof FaultException refused
                ? refused.fault().what()
                : "internal error: " + failure;
    }

    private void notWritten(Slot slot, RuntimeException failure) {
        Outcome before = slot.outcome;
        failures.incrementAndGet();
        slot.outcome =
                new Outcome(RuleStatus.Health.BAD, text(failure), before.atMs(), before.tookNs());
    }

    /// Writes samples, and staleness markers for series of the evaluation before that are gone.
    private void write(Slot slot, List<RuleEvaluation.Result> results, long atMs, Writes writes) {
        long timeMs = atMs - queryOffsetMs;
        SampleBatch batch = new SampleBatch(context.tenant(), results.size());
        Set<Labels> now = new HashSet<>();
        for (RuleEvaluation.Result result : results) {
            now.add(result.labels());
            add(batch, result, timeMs);
        }
        for (Labels gone : slot.written) {
            if (!now.contains(gone)) {
                batch.add(
                        context.appender().series(context.tenant(), gone), timeMs, StaleNaN.VALUE);
            }
        }
        if (batch.size() > 0) {
            writes.add(batch, () -> slot.written = now, failed -> notWritten(slot, failed));
        } else {
            slot.written = now;
        }
    }

    private void add(SampleBatch batch, RuleEvaluation.Result result, long timeMs) {
        Series series = context.appender().series(context.tenant(), result.labels());
        NativeHistogram histogram = result.histogram();
        if (histogram == null) {
            batch.add(series, timeMs, result.value());
        } else {
            batch.add(series, timeMs, histogram);
        }
    }

    private void writeStale(List<Labels> series, long timeMs) {
        if (series.isEmpty()) {
            return;
        }
        SampleBatch batch = new SampleBatch(context.tenant(), series.size());
        for (Labels labels : series) {
            batch.add(context.appender().series(context.tenant(), labels), timeMs, StaleNaN.VALUE);
        }
        context.appender().append(batch);
    }

    /// Takes over what rules of the same name, labels and kind remember, after a reload. Returns
    /// alerts that fired and whose rule is gone, resolved.
    public List<Alert> takeOver(GroupEvaluation before, long atMs) {
        List<Slot> left = new ArrayList<>(before.slots);
        for (Slot slot : slots) {
            Slot same = null;
            for (Slot candidate : left) {
                if (isSame(candidate.evaluation.rule(), slot.evaluation.rule())) {
                    same = candidate;
                    break;
                }
            }
            if (same != null) {
                left.remove(same);
                slot.written = same.written;
                slot.outcome = same.outcome;
                if (slot.evaluation instanceof AlertingEvaluation now
                        && same.evaluation instanceof AlertingEvaluation then) {
                    now.takeOver(then);
                }
            }
        }
        lastMs = before.lastMs;
        evaluations.set(before.evaluations.get());
        missed.set(before.missed.get());
        List<Alert> resolved = new ArrayList<>();
        for (Slot gone : left) {
            orphans.addAll(gone.written);
            if (gone.evaluation instanceof AlertingEvaluation alerting) {
                resolved.addAll(alerting.resolveAll(atMs));
            }
        }
        return resolved;
    }

    private static boolean isSame(Rule a, Rule b) {
        return a.getClass() == b.getClass()
                && a.name().equals(b.name())
                && a.labels().equals(b.labels());
    }

    /// Ends the group: its series become stale, its firing alerts are returned as resolved.
    public List<Alert> end(long atMs) {
        List<Alert> resolved = new ArrayList<>();
        List<Labels> series = new ArrayList<>();
        for (Slot slot : slots) {
            series.addAll(slot.written);
            if (slot.evaluation instanceof AlertingEvaluation alerting) {
                resolved.addAll(alerting.resolveAll(atMs));
            }
        }
        writeStale(series, Math.max(atMs, lastMs + 1) - queryOffsetMs);
        return resolved;
    }

    /// The alerts the sink should hear of now; they count as told.
    public List<Alert> takeDue(long atMs, long resendMs) {
        List<Alert> due = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.evaluation instanceof AlertingEvaluation alerting) {
                due.addAll(alerting.takeDue(atMs, resendMs));
            }
        }
        return due;
    }

    /// The sink did not take these: they are due again.
    public void untake(List<Alert> alerts) {
        for (Slot slot : slots) {
            if (slot.evaluation instanceof AlertingEvaluation alerting) {
                alerting.untake(alerts);
            }
        }
    }

    /// Pending, firing and lately resolved alerts of all its rules.
    public List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.evaluation instanceof AlertingEvaluation alerting) {
                alerts.addAll(alerting.alerts());
            }
        }
        return alerts;
    }

    /// Failed evaluations of single rules since the start.
    public long failures() {
        return failures.get();
    }

    /// How it fares.
    public RuleGroupStatus status() {
        return new RuleGroupStatus(
                context.tenant(),
                file,
                group.name(),
                intervalMs,
                queryOffsetMs,
                group.limit(),
                slots.stream().map(slot -> slot.evaluation.status(slot.outcome)).toList(),
                lastMs,
                tookNs,
                evaluations.get(),
                missed.get());
    }
}
