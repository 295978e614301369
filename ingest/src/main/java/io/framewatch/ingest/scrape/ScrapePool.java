package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Discoverer;
import io.framewatch.ingest.discover.Target;
import io.framewatch.ingest.discover.TargetBuilder;
import io.framewatch.ingest.discover.TargetGroup;
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
    private List<TargetGroup> groups = List.of();
    private List<Labels> dropped = List.of();
    private List<String> fileProblems = List.of();
    private List<String> problems = List.of();

    ScrapePool(ScrapeConfig config, Path folder, ScrapeContext context) {
        this.config = config;
        this.context = context;
        this.discoverer = new Discoverer(folder, config.discoveries());
    }

    /// Finds the targets for the first time.
    synchronized void start() {
        groups = discoverer.groups();
        sync();
    }

    /// Takes another configuration of the same job.
    synchronized void apply(ScrapeConfig next, Path folder) {
        if (!next.discoveries().equals(config.discoveries())) {
            discoverer = new Discoverer(folder, next.discoveries());
        }
        config = next;
        groups = discoverer.groups();
        sync();
    }

    /// Looks at target files again.
    synchronized void refresh() {
        if (!discoverer.watchesFiles()) {
            return;
        }
        List<TargetGroup> found = discoverer.groups();
        if (!found.equals(groups) || !discoverer.problems().equals(fileProblems)) {
            groups = found;
            sync();
        }
    }

    private void sync() {
        TargetSet targets = TargetBuilder.build(config, groups);
        int keptMax = config.limits().keepDroppedTargetsMax();
        int max = keptMax == 0 ? DROPPED_KEPT_DEFAULT : keptMax;
        dropped = targets.dropped().stream().limit(max).toList();
        fileProblems = discoverer.problems();
        List<String> told = new ArrayList<>(fileProblems);
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

    synchronized List<String> problems() {
        return problems;
    }

    /// Ends all loops; with `markStale` their series end too.
    synchronized void stop(boolean markStale) {
        loops.values().forEach(loop -> loop.stop(markStale));
        loops.clear();
    }
}
