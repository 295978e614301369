package io.framewatch.video.now;

import io.framewatch.video.cause.Cause;
import io.framewatch.video.cause.Words;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.state.Group;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says in one sentence how all pictures are: the worst first, singular and plural right. What
/// cannot be seen is said to be unseen, never counted as fine.
final class Finding {

    /// Most streams named in the sentence.
    private static final int NAMED_MAX = 2;

    private final Inventory inventory;
    private final Words words;

    Finding(Inventory inventory, Words words) {
        this.inventory = inventory;
        this.words = words;
    }

    static Now.Counts counts(List<StreamStatus> statuses) {
        return new Now.Counts(
                statuses.size(),
                count(statuses, Group.BROKEN),
                count(statuses, Group.UNKNOWN),
                count(statuses, Group.DEGRADED),
                count(statuses, Group.MAINTENANCE),
                count(statuses, Group.FINE));
    }

    private static int count(List<StreamStatus> statuses, Group group) {
        return (int) statuses.stream().filter(status -> status.state().group() == group).count();
    }

    /// The first sentence about `worstFirst`, which is ordered from the worst on.
    Now.Finding of(List<StreamStatus> worstFirst, Map<String, Cause> causes) {
        int total = worstFirst.size();
        int unknown = count(worstFirst, Group.UNKNOWN);
        int inService = count(worstFirst, Group.MAINTENANCE);
        if (total == 0) {
            return new Now.Finding(
                    Group.UNKNOWN.word(),
                    List.of(part("No picture is expected here.", Group.UNKNOWN)),
                    "Add cameras to the inventory.",
                    "empty");
        }
        if (unknown > 0 && unknown + inService == total) {
            return blind(worstFirst, unknown, causes);
        }
        Group worst = worstFirst.getFirst().state().group();
        return switch (worst) {
            case BROKEN, UNKNOWN, DEGRADED -> trouble(worstFirst, worst, causes);
            case MAINTENANCE, FINE -> fine(total, inService);
        };
    }

    private Now.Finding blind(List<StreamStatus> statuses, int unknown, Map<String, Cause> causes) {
        StreamStatus first = statuses.getFirst();
        boolean starting =
                statuses.stream()
                        .filter(status -> status.state().group() == Group.UNKNOWN)
                        .allMatch(Finding::isStarting);
        String text =
                starting
                        ? "We cannot see yet: connecting to " + pictures(unknown) + "."
                        : "We cannot see: "
                                + (unknown == 1
                                        ? "the picture is"
                                        : "all " + unknown + " pictures are")
                                + " unreported.";
        Cause cause = causes.get(first.streamId());
        String support = starting || cause == null ? "" : cause.sentence();
        return new Now.Finding(
                Group.UNKNOWN.word(),
                List.of(part(text, Group.UNKNOWN)),
                support,
                starting ? "connecting" : "blind");
    }

    private static boolean isStarting(StreamStatus status) {
        return status.state() == StreamState.CONNECTING || status.reading().atMs() == 0;
    }

    private Now.Finding fine(int total, int inService) {
        int fine = total - inService;
        if (fine == 0) {
            String text = total == 1 ? "The picture is" : "All " + total + " pictures are";
            return new Now.Finding(
                    Group.MAINTENANCE.word(),
                    List.of(part(text + " in service.", Group.MAINTENANCE)),
                    "",
                    "service");
        }
        List<Now.Part> parts = new ArrayList<>();
        parts.add(part(fine == 1 ? "1 picture" : "All " + fine + " pictures", Group.FINE));
        parts.add(part(fine == 1 ? " is fine" : " are fine", null));
        if (inService > 0) {
            parts.add(part(", ", null));
            parts.add(part(inService + " in service", Group.MAINTENANCE));
        }
        parts.add(part(".", null));
        return new Now.Finding(
                Group.FINE.word(), parts, "Every picture moves and arrives in time.", "fine");
    }

    private Now.Finding trouble(
            List<StreamStatus> worstFirst, Group worst, Map<String, Cause> causes) {
        int total = worstFirst.size();
        int bad = count(worstFirst, worst);
        List<Now.Part> parts = new ArrayList<>();
        parts.add(part(bad + " of " + total, worst));
        String verb = bad == 1 ? " is " : " are ";
        String is = (total == 1 ? " picture" : " pictures") + verb + adjective(worst);
        int unreported = count(worstFirst, Group.UNKNOWN);
        if (worst == Group.BROKEN && unreported > 0) {
            parts.add(part(is + ", ", null));
            parts.add(part(unreported + " unreported", Group.UNKNOWN));
            parts.add(part(": ", null));
        } else {
            parts.add(part(is + ": ", null));
        }
        parts.add(part(named(worstFirst.subList(0, bad)), worst));
        return new Now.Finding(worst.word(), parts, support(worstFirst, worst, causes), "trouble");
    }

    private static String adjective(Group group) {
        return switch (group) {
            case BROKEN -> "broken";
            case UNKNOWN -> "unreported";
            case DEGRADED -> "degraded";
            case MAINTENANCE -> "in service";
            case FINE -> "fine";
        };
    }

    private String named(List<StreamStatus> bad) {
        List<String> clauses = new ArrayList<>();
        for (StreamStatus status : bad.subList(0, Math.min(NAMED_MAX, bad.size()))) {
            clauses.add(
                    name(status)
                            + " is "
                            + Words.adjective(status)
                            + " since "
                            + words.minute(status.sinceMs()));
        }
        int more = bad.size() - clauses.size();
        String joined = String.join(", ", clauses);
        return more == 0 ? joined + "." : joined + ", and " + more + " more.";
    }

    private String name(StreamStatus status) {
        Inventory.Place place = inventory.place(status.streamId());
        return place == null ? status.streamId() : place.stream().name();
    }

    private static String support(
            List<StreamStatus> worstFirst, Group worst, Map<String, Cause> causes) {
        Cause cause = causes.get(worstFirst.getFirst().streamId());
        String told = cause == null ? "" : cause.sentence() + " ";
        List<StreamStatus> others =
                worstFirst.stream().filter(s -> s.state().group() != worst).toList();
        if (others.isEmpty()) {
            return told.trim();
        }
        boolean allFine = count(others, Group.FINE) == others.size();
        return told + (allFine ? "Everything else is fine." : "Besides: " + line(others) + ".");
    }

    /// A few words about some streams: `1 frozen, 2 late`, or `all fine`.
    static String line(List<StreamStatus> statuses) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (StreamStatus status : statuses) {
            if (status.state().group() != Group.FINE) {
                counts.merge(Words.adjective(status), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return statuses.isEmpty() ? "no cameras" : "all fine";
        }
        List<String> words = new ArrayList<>();
        counts.forEach((word, count) -> words.add(count + " " + word));
        return String.join(", ", words);
    }

    private static String pictures(int count) {
        return count == 1 ? "1 picture" : count + " pictures";
    }

    private static Now.Part part(String text, @Nullable Group group) {
        return new Now.Part(text, group == null ? null : group.word());
    }
}
