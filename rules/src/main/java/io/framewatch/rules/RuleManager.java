package io.framewatch.rules;

import io.framewatch.model.Alert;
import io.framewatch.model.AlertSink;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.rules.evaluate.EngineQuery;
import io.framewatch.rules.evaluate.GroupEvaluation;
import io.framewatch.rules.evaluate.RuleContext;
import io.framewatch.rules.evaluate.RuleQuery;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.rules.file.RuleGroup;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.MetricSelect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Evaluates rule groups on their interval, each group on a virtual thread of its own and at a
/// moment of its own within the interval, and tells the sink about alerts. Thread safe.
public final class RuleManager implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);

    /// A group whose next moment is further away than this is evaluated at once after it appears.
    private static final long FIRST_WAIT_MAX_MS = 60_000;

    private static final int SINK_BATCH_MAX = 64;

    private record Key(Tenant tenant, String file, String group) {}

    private static final class Running {
        private final GroupEvaluation group;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile long nextMs;

        private Running(GroupEvaluation group, long nextMs) {
            this.group = group;
            this.nextMs = nextMs;
        }
    }

    private final RuleQuery query;
    private final MetricAppender appender;
    private final MetricSelect select;
    private final AlertSink sink;
    private final Clock clock;
    private final RuleOptions options;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong notSent = new AtomicLong();
    private volatile Map<Key, Running> running = Map.of();
    private @Nullable Tasks tasks;

    /// A manager without rules and with Prometheus's options.
    public RuleManager(
            PromqlEngine engine,
            MetricAppender appender,
            MetricSelect select,
            AlertSink sink,
            Clock clock) {
        this(engine, appender, select, sink, clock, RuleOptions.DEFAULT);
    }

    /// A manager without rules.
    public RuleManager(
            PromqlEngine engine,
            MetricAppender appender,
            MetricSelect select,
            AlertSink sink,
            Clock clock,
            RuleOptions options) {
        this(
                new EngineQuery(engine, options.timeout()),
                appender,
                select,
                sink,
                clock,
                options,
                null);
    }

    /// As above with another way to answer expressions, and another executor, which the caller
    /// closes.
    RuleManager(
            RuleQuery query,
            MetricAppender appender,
            MetricSelect select,
            AlertSink sink,
            Clock clock,
            RuleOptions options,
            @Nullable Executor executor) {
        this.query = query;
        this.appender = appender;
        this.select = select;
        this.sink = sink;
        this.clock = clock;
        this.options = options;
        this.executor = executor == null ? threads : executor;
    }

    /// Begins to evaluate, in the background.
    public void start() {
        Tasks started = new Tasks("rules");
        tasks = started;
        started.every("rules", TICK, TICK, this::tick);
    }

    /// Takes the rules of tenant `default`; see [#apply(Tenant, List)].
    public void apply(List<RuleFile> files) {
        apply(Tenant.DEFAULT, files);
    }

    /// Replaces a tenant's rules. Groups that did not change go on undisturbed; in changed ones,
    /// rules of the same name and labels keep their alerts. What fired and is gone is resolved.
    public void apply(Tenant tenant, List<RuleFile> files) {
        lock.lock();
        try {
            long nowMs = clock.nowMs();
            RuleContext context =
                    new RuleContext(
                            tenant,
                            query,
                            appender,
                            select,
                            options.externalLabels(),
                            options.externalUrl());
            Map<Key, Running> before = new LinkedHashMap<>(running);
            Map<Key, Running> after = new LinkedHashMap<>();
            before.forEach((key, group) -> {
                if (!key.tenant().equals(tenant)) {
                    after.put(key, group);
                }
            });
            List<Alert> over = new ArrayList<>();
            for (RuleFile file : files) {
                for (RuleGroup group : file.groups()) {
                    Key key = new Key(tenant, file.name(), group.name());
                    after.put(key, take(context, key, group, before.get(key), nowMs, over));
                }
            }
            running = Map.copyOf(after);
            before.forEach((key, group) -> {
                if (!after.containsKey(key)) {
                    over.addAll(group.group.end(nowMs));
                }
            });
            send(tenant, over);
        } finally {
            lock.unlock();
        }
    }

    private Running take(
            RuleContext context,
            Key key,
            RuleGroup group,
            @Nullable Running before,
            long nowMs,
            List<Alert> over) {
        if (before != null && before.group.group().equals(group)) {
            return before;
        }
        GroupEvaluation evaluation =
                new GroupEvaluation(
                        context,
                        key.file(),
                        group,
                        options.interval().toMillis(),
                        options.queryOffset().toMillis(),
                        true,
                        clock);
        if (before != null) {
            over.addAll(evaluation.takeOver(before.group, nowMs));
        }
        long slotMs = evaluation.slotBefore(nowMs);
        long nextMs = slotMs + evaluation.intervalMs();
        boolean farAway = nextMs - nowMs > FIRST_WAIT_MAX_MS && evaluation.lastMs() < slotMs;
        return new Running(evaluation, farAway ? slotMs : nextMs);
    }

    /// Starts every group that is due, and repeats alerts of groups that are not.
    void tick() {
        long nowMs = clock.nowMs();
        for (Running each : running.values()) {
            if (each.nextMs <= nowMs && each.busy.compareAndSet(false, true)) {
                executor.execute(() -> runDue(each));
            } else if (each.group.lastMs() > 0 && each.busy.compareAndSet(false, true)) {
                tell(each.group, nowMs);
                each.busy.set(false);
            }
        }
    }

    private void runDue(Running each) {
        try {
            long nowMs = clock.nowMs();
            GroupEvaluation group = each.group;
            long atMs = each.nextMs;
            long latestMs = group.slotBefore(nowMs);
            if (latestMs > atMs) {
                group.miss((latestMs - atMs) / group.intervalMs());
                atMs = latestMs;
            }
            each.nextMs = atMs + group.intervalMs();
            group.evaluate(atMs);
            tell(group, atMs);
        } finally {
            each.busy.set(false);
        }
    }

    private void tell(GroupEvaluation group, long nowMs) {
        List<Alert> due = group.takeDue(nowMs, options.resend().toMillis());
        if (!send(group.context().tenant(), due)) {
            group.untake(due);
        }
    }

    /// Gives alerts to the sink; false if it did not take them all.
    private boolean send(Tenant tenant, List<Alert> alerts) {
        for (int from = 0; from < alerts.size(); from += SINK_BATCH_MAX) {
            int to = Math.min(alerts.size(), from + SINK_BATCH_MAX);
            try {
                sink.receive(tenant, alerts.subList(from, to));
            } catch (FaultException e) {
                notSent.addAndGet(alerts.size() - from);
                return false;
            }
        }
        return true;
    }

    /// All groups of all tenants, by file and name.
    public List<RuleGroupStatus> groups() {
        return running.values().stream()
                .map(each -> each.group.status())
                .sorted(
                        Comparator.comparing(RuleGroupStatus::tenant)
                                .thenComparing(RuleGroupStatus::file)
                                .thenComparing(RuleGroupStatus::name))
                .toList();
    }

    /// The groups of one tenant, by file and name.
    public List<RuleGroupStatus> groups(Tenant tenant) {
        return groups().stream().filter(group -> group.tenant().equals(tenant)).toList();
    }

    /// A tenant's alerts: pending, firing, and resolved in the last 15 minutes.
    public List<Alert> alerts(Tenant tenant) {
        List<Alert> alerts = new ArrayList<>();
        running.forEach((key, each) -> {
            if (key.tenant().equals(tenant)) {
                alerts.addAll(each.group.alerts());
            }
        });
        alerts.sort(Comparator.comparing(Alert::labels));
        return alerts;
    }

    /// Alerts that the sink did not take when they were given to it; they are given again.
    public long notSent() {
        return notSent.get();
    }

    /// Evaluates nothing more. Alerts keep their state for the next start.
    @Override
    public void close() {
        Tasks started = tasks;
        if (started != null) {
            started.close();
        }
        threads.shutdownNow();
    }
}
