package io.framewatch.respond.flow;

import io.framewatch.model.Alert;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.respond.route.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps open alerts in groups, by route and grouping labels, and says which groups are due. Thread
/// safe; does no I/O.
public final class Dispatcher {

    /// Most alerts open at once, all tenants together.
    public static final int ALERTS_MAX = 50_000;

    private static final class Group {
        private final Tenant tenant;
        private final Route route;
        private final Labels labels;
        private final Set<Labels> alerts = new HashSet<>();
        private long nextFlushMs;
        private boolean flushed;

        private Group(Tenant tenant, Route route, Labels labels, long nextFlushMs) {
            this.tenant = tenant;
            this.route = route;
            this.labels = labels;
            this.nextFlushMs = nextFlushMs;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final OpenAlerts open = new OpenAlerts();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private Route root;

    /// A dispatcher without alerts.
    public Dispatcher(Route root) {
        this.root = root;
    }

    /// Takes firing alerts, and resolved ones that fired here; pending ones are nobody's business
    /// yet. Returns those that are new, newly resolved, or firing again: what is worth writing
    /// down.
    ///
    /// Throws `FaultException` with code `respond_alerts_limit` when too many are open; those
    /// before it in the list are taken.
    public List<Alert> receive(Tenant tenant, List<Alert> alerts, long nowMs) {
        List<Alert> changed = new ArrayList<>();
        lock.lock();
        try {
            for (Alert alert : alerts) {
                Alert before = open.find(tenant, alert.labels());
                boolean unknownAndOver = before == null && alert.state() == Alert.State.RESOLVED;
                if (alert.state() == Alert.State.PENDING || unknownAndOver) {
                    continue;
                }
                if (before == null && open.size() >= ALERTS_MAX) {
                    throw tooMany();
                }
                Alert after = open.merge(tenant, alert, nowMs);
                if (before == null || before.state() != after.state()) {
                    changed.add(after);
                }
                assign(tenant, after, nowMs);
            }
        } finally {
            lock.unlock();
        }
        return changed;
    }

    private static FaultException tooMany() {
        return new FaultException(
                Fault.operator(
                        "respond_alerts_limit",
                        "More than " + ALERTS_MAX + " alerts are open.",
                        "Find the rule that fires for so many series and aggregate it."));
    }

    private void assign(Tenant tenant, Alert alert, long nowMs) {
        for (Route route : root.match(alert.labels())) {
            Labels labels = route.groupBy().groupOf(alert.labels());
            Group group =
                    groups.computeIfAbsent(
                            id(tenant, route, labels),
                            _ -> new Group(tenant, route, labels, Long.MAX_VALUE));
            group.alerts.add(alert.labels());
            if (!group.flushed) {
                long startMs = alert.firedAtMs() > 0 ? alert.firedAtMs() : alert.activeAtMs();
                boolean overdue = startMs + route.groupWaitMs() < nowMs;
                long dueMs = overdue ? nowMs : nowMs + route.groupWaitMs();
                group.nextFlushMs = Math.min(group.nextFlushMs, dueMs);
            }
        }
    }

    private static String id(Tenant tenant, Route route, Labels labels) {
        return new Flush(tenant, route, labels, List.of(), 0).groupId();
    }

    /// The groups whose time has come; each is due again after its group interval.
    public List<Flush> takeDue(long nowMs) {
        List<Flush> due = new ArrayList<>();
        lock.lock();
        try {
            for (Group group : groups.values()) {
                if (group.nextFlushMs <= nowMs) {
                    group.flushed = true;
                    group.nextFlushMs = nowMs + group.route.groupIntervalMs();
                    due.add(
                            new Flush(
                                    group.tenant, group.route, group.labels, alerts(group), nowMs));
                }
            }
        } finally {
            lock.unlock();
        }
        return due;
    }

    private List<Alert> alerts(Group group) {
        List<Alert> alerts = new ArrayList<>();
        for (Labels labels : group.alerts) {
            Alert alert = open.find(group.tenant, labels);
            if (alert != null) {
                alerts.add(alert);
            }
        }
        alerts.sort(Comparator.comparing(Alert::labels));
        return alerts;
    }

    /// Makes a group due at once.
    public void flushSoon(String groupId) {
        lock.lock();
        try {
            Group group = groups.get(groupId);
            if (group != null) {
                group.nextFlushMs = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Everybody in the group's route knows of this flush: its resolved alerts may go, unless they
    /// changed since. Returns the alerts that no group holds any more.
    public List<Labels> settle(Flush flush) {
        List<Labels> gone = new ArrayList<>();
        lock.lock();
        try {
            Group group = groups.get(flush.groupId());
            if (group == null) {
                return gone;
            }
            for (Alert told : flush.alerts()) {
                if (told.state() == Alert.State.RESOLVED
                        && told.equals(open.find(flush.tenant(), told.labels()))) {
                    group.alerts.remove(told.labels());
                    if (!isHeld(flush.tenant(), told.labels())) {
                        open.remove(flush.tenant(), told.labels());
                        gone.add(told.labels());
                    }
                }
            }
            if (group.alerts.isEmpty()) {
                groups.remove(flush.groupId());
            }
        } finally {
            lock.unlock();
        }
        return gone;
    }

    private boolean isHeld(Tenant tenant, Labels labels) {
        for (Route route : root.match(labels)) {
            Group group = groups.get(id(tenant, route, route.groupBy().groupOf(labels)));
            if (group != null && group.alerts.contains(labels)) {
                return true;
            }
        }
        return false;
    }

    /// Resolves alerts that nobody spoke of for `timeoutMs`; returns them.
    public List<TenantAlert> resolveSilent(long timeoutMs, long nowMs) {
        lock.lock();
        try {
            return open.resolveSilent(nowMs - timeoutMs, nowMs);
        } finally {
            lock.unlock();
        }
    }

    /// Groups the open alerts anew by another routing tree. Groups that stay keep their rhythm.
    public void reroute(Route newRoot, long nowMs) {
        lock.lock();
        try {
            Map<String, Group> before = new LinkedHashMap<>(groups);
            groups.clear();
            root = newRoot;
            open.all().forEach(each -> assign(each.tenant(), each.alert(), nowMs));
            groups.forEach((id, group) -> {
                Group old = before.get(id);
                if (old != null) {
                    group.flushed = old.flushed;
                    group.nextFlushMs = old.nextFlushMs;
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /// The alerts open in a tenant, a copy.
    public Collection<Alert> open(Tenant tenant) {
        lock.lock();
        try {
            return open.of(tenant);
        } finally {
            lock.unlock();
        }
    }

    /// The alerts open in all tenants, a copy.
    public List<TenantAlert> all() {
        lock.lock();
        try {
            return open.all();
        } finally {
            lock.unlock();
        }
    }

    /// Groups at the moment.
    public int groups() {
        lock.lock();
        try {
            return groups.size();
        } finally {
            lock.unlock();
        }
    }
}
