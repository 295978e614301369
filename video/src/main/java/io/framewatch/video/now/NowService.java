package io.framewatch.video.now;

import io.framewatch.model.Clock;
import io.framewatch.video.cause.Cause;
import io.framewatch.video.cause.CauseFinder;
import io.framewatch.video.cause.Words;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.Site;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.Group;
import io.framewatch.video.state.StageStates;
import io.framewatch.video.state.StageStatus;
import io.framewatch.video.state.StreamStates;
import io.framewatch.video.state.StreamStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts together what `GET /api/now` answers. Thread safe.
public final class NowService {

    private final Inventory inventory;
    private final StreamStates streams;
    private final StageStates stages;
    private final CauseFinder causes;
    private final NowSources sources;
    private final StreamViews views;
    private final AlertViews alerts;
    private final Finding finding;
    private final Clock clock;

    /// Reads from these; `clock` dates the answer.
    public NowService(
            Inventory inventory,
            StreamStates streams,
            StageStates stages,
            CauseFinder causes,
            NowSources sources,
            Clock clock) {
        this.inventory = inventory;
        this.streams = streams;
        this.stages = stages;
        this.causes = causes;
        this.sources = sources;
        this.views = new StreamViews(inventory, sources);
        this.alerts = new AlertViews(inventory);
        this.finding = new Finding(inventory, new Words(sources.zone()));
        this.clock = clock;
    }

    /// How everything stands now.
    public Now now() {
        long nowMs = clock.nowMs();
        List<StreamStatus> worstFirst = new ArrayList<>(streams.all());
        worstFirst.sort(
                Comparator.<StreamStatus, Group>comparing(status -> status.state().group())
                        .thenComparingLong(NowService::troubledSince));
        Map<String, Cause> found = new LinkedHashMap<>();
        for (StreamStatus status : worstFirst) {
            Cause cause = causes.of(status);
            if (cause != null) {
                found.put(status.streamId(), cause);
            }
        }
        return new Now(
                Instant.ofEpochMilli(nowMs),
                sources.title(),
                sources.mode(),
                finding.of(worstFirst, found),
                Finding.counts(worstFirst),
                dataAge(worstFirst, nowMs),
                sites(worstFirst, nowMs),
                worstFirst.stream()
                        .map(status -> views.view(status, found.get(status.streamId()), nowMs))
                        .toList(),
                alerts.views(sources.alerts().get(), found),
                stages.all().stream().map(NowService::stage).toList(),
                sources.changes().newestFirst(),
                sources.demo().get());
    }

    /// Of streams in trouble the latest first; fine ones keep the order of the inventory.
    private static long troubledSince(StreamStatus status) {
        return status.state().group() == Group.FINE ? 0 : -status.sinceMs();
    }

    private List<Now.SiteView> sites(List<StreamStatus> worstFirst, long nowMs) {
        List<Now.SiteView> all = new ArrayList<>();
        for (Site site : inventory.sites()) {
            List<String> ids = inventory.streamsOf(site).stream().map(VideoStream::id).toList();
            List<StreamStatus> here =
                    worstFirst.stream().filter(s -> ids.contains(s.streamId())).toList();
            all.add(
                    new Now.SiteView(
                            site.id(),
                            site.name(),
                            ids,
                            Finding.line(here),
                            here.isEmpty()
                                    ? Group.UNKNOWN.word()
                                    : here.getFirst().state().group().word(),
                            dataAge(here, nowMs)));
        }
        all.sort(Comparator.comparingInt(NowService::rank));
        return all;
    }

    private static int rank(Now.SiteView site) {
        for (Group group : Group.values()) {
            if (group.word().equals(site.worst())) {
                return group.ordinal();
            }
        }
        return Group.values().length;
    }

    /// Age of the oldest newest reading: everything said stands on data no older than this. Null if
    /// some stream has never been looked at.
    private static @Nullable Double dataAge(List<StreamStatus> statuses, long nowMs) {
        long oldest = nowMs;
        for (StreamStatus status : statuses) {
            oldest = Math.min(oldest, status.reading().atMs());
        }
        return oldest == 0 || statuses.isEmpty()
                ? null
                : Double.valueOf(Math.max(0, nowMs - oldest) / 1000.0);
    }

    private static Now.StageView stage(StageStatus status) {
        var report = status.report();
        return new Now.StageView(
                report.stageId(),
                report.pipelineId(),
                report.kind().word(),
                report.streamId(),
                status.state().name(),
                Instant.ofEpochMilli(status.sinceMs()),
                StreamViews.known(status.speed()),
                StreamViews.known(status.fps()),
                report.restarts(),
                report.pid() == 0 ? null : Long.valueOf(report.pid()),
                report.lastLog().isEmpty() ? null : report.lastLog().getLast());
    }
}
