package io.framewatch.server.http.pushgateway;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what short-lived jobs pushed until somebody deletes it, over restarts too, and puts it
/// into the store every [#INTERVAL], as a scrape of a Pushgateway would. A push is acknowledged
/// when it is on disk and in the store. Series that a later push or a deletion takes away get a
/// stale marker. Thread safe.
public final class PushGateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PushGateway.class);

    /// How often kept samples are put into the store.
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int GROUPS_PER_TENANT_MAX = 10_000;
    private static final int SERIES_PER_TENANT_MAX = 200_000;

    private final MetricAppender store;
    private final Path folder;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Tenant, Map<Labels, PushGroup>> tenants = new HashMap<>();
    private final Tasks tasks = new Tasks("pushgateway");

    /// Reads what `folder` holds and goes on with it. Files that cannot be read are named in the
    /// log and left alone.
    public PushGateway(MetricAppender store, Path folder, Clock clock) {
        this.store = store;
        this.folder = folder;
        this.clock = clock;
        load();
        tasks.every("pushgateway", INTERVAL, INTERVAL, this::refresh);
    }

    private void load() {
        for (Path of : listed(folder, "*")) {
            Map<Labels, PushGroup> groups = new HashMap<>();
            for (Path file : listed(of, "*.prom")) {
                PushGroup group = read(file);
                if (group != null) {
                    groups.put(group.labels(), group);
                }
            }
            if (!groups.isEmpty()) {
                try {
                    tenants.put(new Tenant(of.getFileName().toString()), groups);
                } catch (FaultException e) {
                    log.warn("{} is no folder of a tenant", of);
                }
            }
        }
    }

    private static List<Path> listed(Path folder, String glob) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            List<Path> all = new ArrayList<>();
            entries.forEach(all::add);
            return all;
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("{} cannot be read", folder, e);
            return List.of();
        }
    }

    private static @Nullable PushGroup read(Path file) {
        try {
            PushGroup group = PushGroupFile.read(file);
            if (group == null) {
                log.warn("{} is no group of pushed metrics", file);
            }
            return group;
        } catch (IOException e) {
            log.warn("{} cannot be read", file, e);
            return null;
        }
    }

    /// What a push brought.
    ///
    /// @param samples values by series, the group's labels included
    /// @param metadata what it says about families
    record Pushed(Map<Labels, PushValue> samples, Collection<MetricMetadata> metadata) {

        Set<String> names() {
            Set<String> names = new HashSet<>();
            samples.keySet().forEach(labels -> names.add(labels.metricName()));
            return names;
        }
    }

    /// Takes a push. Throws `push_groups`, or what the store throws; the group then stays as it
    /// was.
    ///
    /// @param wholeGroup whether all of the group is replaced; else only metrics of the same names
    void push(Tenant tenant, Labels labels, Pushed pushed, boolean wholeGroup) {
        lock.lock();
        try {
            Map<Labels, PushGroup> groups = tenants.computeIfAbsent(tenant, _ -> new HashMap<>());
            PushGroup before = groups.getOrDefault(labels, PushGroup.empty(labels));
            Map<Labels, PushValue> samples = new HashMap<>(pushed.samples());
            if (!wholeGroup) {
                Set<String> names = pushed.names();
                before.samples()
                        .forEach((series, value) -> {
                            if (!names.contains(series.metricName())) {
                                samples.put(series, value);
                            }
                        });
            }
            checkRoom(groups, before, samples.size());
            PushGroup after = new PushGroup(labels, samples, clock.nowMs(), before.failedAtMs());
            replace(tenant, before, after);
            groups.put(labels, after);
            if (!pushed.metadata().isEmpty()) {
                store.metadata(tenant, pushed.metadata());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Remembers that a push was refused, if the group exists.
    void failed(Tenant tenant, Labels labels) {
        lock.lock();
        try {
            PushGroup group = tenants.getOrDefault(tenant, Map.of()).get(labels);
            if (group != null) {
                PushGroup after =
                        new PushGroup(labels, group.samples(), group.pushedAtMs(), clock.nowMs());
                replace(tenant, group, after);
                tenants.computeIfAbsent(tenant, _ -> new HashMap<>()).put(labels, after);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets a group; does nothing if there is none.
    void delete(Tenant tenant, Labels labels) {
        lock.lock();
        try {
            Map<Labels, PushGroup> groups = tenants.getOrDefault(tenant, Map.of());
            PushGroup group = groups.get(labels);
            if (group == null) {
                return;
            }
            append(tenant, group, null);
            Files.deleteIfExists(PushGroupFile.of(folder.resolve(tenant.id()), labels));
            groups.remove(labels);
        } catch (IOException e) {
            throw notKept(e);
        } finally {
            lock.unlock();
        }
    }

    private static void checkRoom(Map<Labels, PushGroup> groups, PushGroup before, int samples) {
        long others =
                groups.values().stream().mapToLong(group -> group.samples().size()).sum()
                        - before.samples().size();
        boolean full =
                groups.size() >= GROUPS_PER_TENANT_MAX && !groups.containsKey(before.labels());
        if (full || others + samples > SERIES_PER_TENANT_MAX) {
            throw new FaultException(
                    Fault.caller(
                            "push_groups",
                            "Pushed metrics hold "
                                    + groups.size()
                                    + " groups with "
                                    + (others + before.samples().size())
                                    + " series already.",
                            "Delete groups of jobs that are gone; do not push a label per run."));
        }
    }

    /// The store first: what it refuses must not come back from the disk.
    private void replace(Tenant tenant, PushGroup before, PushGroup after) {
        append(tenant, before, after);
        try {
            PushGroupFile.write(folder.resolve(tenant.id()), after);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private FaultException notKept(IOException e) {
        return new FaultException(
                Fault.later(
                        "push_not_kept",
                        "The pushed metrics cannot be written to " + folder + ".",
                        "Look at the disk and the folder's permissions, then push again."),
                e);
    }

    /// Puts a group's present samples into the store, and markers for those it had before.
    private void append(Tenant tenant, PushGroup before, @Nullable PushGroup after) {
        Map<Labels, PushValue> old = samples(before);
        Map<Labels, PushValue> fresh = after == null ? Map.of() : samples(after);
        SampleBatch batch = new SampleBatch(tenant, old.size() + fresh.size());
        add(batch, fresh);
        old.keySet().removeAll(fresh.keySet());
        old.replaceAll((_, _) -> PushValue.of(StaleNaN.VALUE));
        add(batch, old);
        if (batch.size() > 0) {
            store.append(batch);
        }
    }

    private void add(SampleBatch batch, Map<Labels, PushValue> samples) {
        long nowMs = clock.nowMs();
        samples.forEach((labels, value) -> {
            Series series = store.series(batch.tenant(), labels);
            if (value.histogram() == null) {
                batch.add(series, nowMs, value.number());
            } else {
                batch.add(series, nowMs, value.histogram());
            }
        });
    }

    /// What a group shows: its samples, and when it was pushed.
    private static Map<Labels, PushValue> samples(PushGroup group) {
        if (group.pushedAtMs() == 0) {
            return new HashMap<>();
        }
        Map<Labels, PushValue> all = new HashMap<>(group.samples());
        all.put(
                group.labels().with(Labels.NAME, "push_time_seconds"),
                PushValue.of(group.pushedAtMs() / 1e3));
        all.put(
                group.labels().with(Labels.NAME, "push_failure_time_seconds"),
                PushValue.of(group.failedAtMs() / 1e3));
        return all;
    }

    /// Puts everything kept into the store once more.
    void refresh() {
        lock.lock();
        try {
            tenants.forEach(this::refresh);
        } finally {
            lock.unlock();
        }
    }

    /// One batch for all groups of a tenant: each append waits for the disk.
    private void refresh(Tenant tenant, Map<Labels, PushGroup> groups) {
        SampleBatch batch = new SampleBatch(tenant, groups.size() * 4);
        for (PushGroup group : groups.values()) {
            try {
                add(batch, samples(group));
            } catch (FaultException e) {
                log.warn("pushed metrics of {} wait: {}", group.labels(), e.fault().message());
            }
        }
        if (batch.size() > 0) {
            try {
                store.append(batch);
            } catch (FaultException e) {
                log.warn("pushed metrics of {} wait: {}", tenant, e.fault().message());
            }
        }
    }

    /// Groups kept, of all tenants.
    public int groups() {
        lock.lock();
        try {
            return tenants.values().stream().mapToInt(Map::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /// The groups of a tenant, a copy.
    List<PushGroup> groups(Tenant tenant) {
        lock.lock();
        try {
            return List.copyOf(tenants.getOrDefault(tenant, Map.of()).values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        tasks.close();
    }
}
