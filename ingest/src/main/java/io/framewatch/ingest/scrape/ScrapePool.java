package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Discoverer;
import io.framewatch.ingest.discover.DropReason;
import io.framewatch.ingest.discover.Finders;
import io.framewatch.ingest.discover.Target;
import io.framewatch.ingest.discover.TargetBuilder;
import io.framewatch.ingest.discover.TargetSet;
import io.framewatch.model.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The targets of one job and their loops. Thread safe.
final class ScrapePool {

    private static final int DROPPED_KEPT_DEFAULT = 10_000;

    private final ScrapeContext context;
    private final Map<Target.Identity, TargetLoop> loops = new LinkedHashMap<>();
    private ScrapeConfig config;
    private Discoverer discoverer;
    private List<Labels> dropped = List.of();
    private List<String> problems = List.of();

    ScrapePool(ScrapeConfig config, Path folder, ScrapeContext context) {
        this.config = config;
        this.context = context;
        this.discoverer = new Discoverer(context.finders(), folder, config.discoveries(), null);
    }

    /// Finds the targets for the first time.
    synchronized void start() {
        discoverer.look();
        sync();
    }

    /// Takes another configuration of the same job.
    synchronized void apply(ScrapeConfig next, Path folder) {
        discoverer = new Discoverer(context.finders(), folder, next.discoveries(), discoverer);
        config = next;
        discoverer.look();
        sync();
    }

    /// Takes what discovery found since the last time.
    synchronized void refresh() {
        if (discoverer.look()) {
            sync();
        }
    }

    /// The discoveries used.
    synchronized List<Finders.Key> discoveries() {
        return discoverer.keys();
    }

    private void sync() {
        TargetSet targets = TargetBuilder.build(config, discoverer.groups());
        int keptMax = config.limits().keepDroppedTargetsMax();
        int max = keptMax == 0 ? DROPPED_KEPT_DEFAULT : keptMax;
        dropped = targets.dropped().stream().limit(max).toList();
        List<String> told = new ArrayList<>(discoverer.problems());
        told.addAll(targets.problems());
        problems = List.copyOf(told);
        String error = overLimit(targets.active().size());
        Set<Target.Identity> present = new HashSet<>();
        for (Target target : targets.active()) {
            present.add(target.identity());
            TargetLoop loop = loops.get(target.identity());
            if (loop == null) {
                loop = new TargetLoop(config, target, context);
                loops.put(target.identity(), loop);
            }
            loop.apply(config, target, error);
        }
        List<Target.Identity> gone =
                loops.keySet().stream().filter(identity -> !present.contains(identity)).toList();
        for (Target.Identity identity : gone) {
            TargetLoop loop = loops.remove(identity);
            if (loop != null) {
                loop.stop(true);
            }
        }
    }

    private String overLimit(int targets) {
        int max = config.limits().targetsMax();
        return max > 0 && targets > max
                ? "target_limit exceeded: " + targets + " targets where " + max + " are allowed"
                : "";
    }

    synchronized List<TargetStatus> targets() {
        return loops.values().stream().map(TargetLoop::status).toList();
    }

    synchronized List<Labels> dropped() {
        return dropped;
    }

    synchronized String whyDropped(Labels discovered) {
        return DropReason.of(discovered, config.relabel());
    }

    synchronized List<String> problems() {
        return problems;
    }

    /// Ends all loops; with `markStale` their series end too.
    synchronized void stop(boolean markStale) {
        loops.values().forEach(loop -> loop.stop(markStale));
        loops.clear();
    }
}
