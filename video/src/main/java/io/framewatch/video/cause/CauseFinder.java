package io.framewatch.video.cause;

import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.Site;
import io.framewatch.video.state.Group;
import io.framewatch.video.state.Reason;
import io.framewatch.video.state.StageStates;
import io.framewatch.video.state.StageStatus;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStates;
import io.framewatch.video.state.StreamStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what a stream's trouble comes from. Immutable but for the states it reads; thread safe.
public final class CauseFinder {

    /// Streams of a site lost within this time were lost together, milliseconds.
    static final long TOGETHER_MS = 30_000;

    private final Inventory inventory;
    private final StreamStates streams;
    private final StageStates stages;
    private final Suspects suspects;
    private final Words words;

    /// Reads states from `streams` and `stages`; `words` knows the time zone.
    public CauseFinder(Inventory inventory, StreamStates streams, StageStates stages, Words words) {
        this.inventory = inventory;
        this.streams = streams;
        this.stages = stages;
        this.suspects = new Suspects(inventory);
        this.words = words;
    }

    /// The cause of a stream's trouble; null while nothing is wrong with it, or if it is not in the
    /// inventory.
    public @Nullable Cause of(String streamId) {
        StreamStatus status = streams.status(streamId);
        return status == null ? null : of(status);
    }

    /// The cause of the trouble that `status` tells of, or null.
    public @Nullable Cause of(StreamStatus status) {
        Group group = status.state().group();
        Inventory.Place place = inventory.place(status.streamId());
        if (group == Group.FINE || group == Group.MAINTENANCE || place == null) {
            return null;
        }
        if (status.state() == StreamState.UNKNOWN) {
            return unknown(status, place);
        }
        List<StageStatus> path = suspects.path(stages.all(), status.streamId());
        StageStatus guilty = suspects.guilty(path, status);
        if (guilty != null) {
            return stage(status, place, path, guilty);
        }
        Cause together = together(status, place);
        return together == null ? source(status, place, !path.isEmpty()) : together;
    }

    private Cause unknown(StreamStatus status, Inventory.Place place) {
        long since = status.sinceMs();
        Site site = place.site();
        if (status.reason() == Reason.PARENT_DOWN) {
            Cause.Node root =
                    new Cause.Node(
                            "site",
                            site.id(),
                            site.name(),
                            "DARK",
                            "out of reach",
                            Message.of("site.unreachable"),
                            true);
            return new Cause(
                    site.name() + " is out of reach since " + words.second(since) + ".",
                    Message.of(
                            "site.unreachable",
                            "site",
                            site.name(),
                            "since",
                            Messages.instant(since)),
                    Cause.Turn.OPERATOR,
                    since,
                    List.of(root, stream(status, place)));
        }
        boolean never = status.reading().atMs() == 0;
        String sentence =
                never
                        ? "The probe has not looked yet."
                        : "The probe has not looked since " + words.second(since) + ".";
        return new Cause(
                sentence,
                never
                        ? Message.of("probe.never")
                        : Message.of("probe.silent", "since", Messages.instant(since)),
                never ? Cause.Turn.NOBODY : Cause.Turn.OPERATOR,
                since,
                List.of(
                        new Cause.Node(
                                "probe",
                                "probe",
                                "probe",
                                null,
                                "does not look",
                                Message.of("probe.never"),
                                true),
                        stream(status, place)));
    }

    private Cause stage(
            StreamStatus status,
            Inventory.Place place,
            List<StageStatus> path,
            StageStatus guilty) {
        String noun = guilty.report().kind().noun();
        List<Cause.Node> chain = new ArrayList<>();
        for (StageStatus stage : path.subList(path.indexOf(guilty), path.size())) {
            boolean root = stage.equals(guilty);
            if (root || Suspects.isTroubled(stage)) {
                chain.add(node(stage, root));
            }
        }
        chain.add(stream(status, place));
        String sentence =
                "The "
                        + noun
                        + " of "
                        + status.streamId()
                        + " "
                        + words.predicate(guilty)
                        + ", "
                        + Words.consequence(status)
                        + ".";
        return new Cause(
                sentence,
                Messages.stage(guilty, status),
                Suspects.turn(guilty),
                guilty.sinceMs(),
                chain);
    }

    private static Cause.Node node(StageStatus stage, boolean root) {
        return new Cause.Node(
                "stage",
                stage.report().stageId(),
                stage.report().kind().noun(),
                stage.state().name(),
                stage.report().kind().noun() + " " + Words.label(stage),
                Messages.stageNode(stage),
                root);
    }

    /// All streams of a site lost at about the same time have one cause, and it lies at the site.
    private @Nullable Cause together(StreamStatus status, Inventory.Place place) {
        Site site = place.site();
        int lost = 0;
        int all = 0;
        for (var stream : inventory.streamsOf(site)) {
            StreamStatus other = streams.status(stream.id());
            all++;
            if (other != null
                    && other.state() == StreamState.OFFLINE
                    && Math.abs(other.sinceMs() - status.sinceMs()) <= TOGETHER_MS) {
                lost++;
            }
        }
        if (status.state() != StreamState.OFFLINE || all < 2 || lost < all) {
            return null;
        }
        String what = "all " + all + " pictures lost within " + TOGETHER_MS / 1000 + " s";
        Message message = Messages.siteLost(site.name(), all, status);
        Cause.Node root =
                new Cause.Node("site", site.id(), site.name(), "DARK", what, message, true);
        return new Cause(
                "All "
                        + all
                        + " pictures of "
                        + site.name()
                        + " were lost within "
                        + TOGETHER_MS / 1000
                        + " s: look at its network, recorder or server. Each "
                        + status.reading().arrival().words()
                        + ".",
                message,
                Cause.Turn.OPERATOR,
                status.sinceMs(),
                List.of(root, stream(status, place)));
    }

    /// No stage is to blame: it is the camera, or, where no stage can be seen, whatever sends.
    private Cause source(StreamStatus status, Inventory.Place place, boolean stagesSeen) {
        String kind = stagesSeen ? "camera" : "source";
        String text = Symptoms.text(status, place.stream());
        Message message = Messages.source(status, place.stream(), kind);
        Cause.Node root =
                new Cause.Node(
                        kind,
                        place.camera().id(),
                        stagesSeen ? "camera" : place.stream().shownUrl(),
                        status.state().name(),
                        kind + " " + text,
                        message,
                        true);
        Cause.Turn turn =
                status.state() == StreamState.CONNECTING ? Cause.Turn.NOBODY : Cause.Turn.OPERATOR;
        return new Cause(
                Symptoms.sentence(status, place.stream(), kind, words),
                message,
                turn,
                status.sinceMs(),
                List.of(root, stream(status, place)));
    }

    private static Cause.Node stream(StreamStatus status, Inventory.Place place) {
        double fps = status.reading().flow().fps();
        boolean arrives =
                status.state() == StreamState.FROZEN || status.state() == StreamState.BLACK;
        String at =
                arrives && !Double.isNaN(fps)
                        ? String.format(Locale.ROOT, " at %.0f fps", fps)
                        : "";
        return new Cause.Node(
                "stream",
                status.streamId(),
                place.stream().name(),
                status.state().name(),
                status.streamId() + " " + Words.adjective(status) + at,
                Messages.stream(status, !at.isEmpty()),
                false);
    }
}
