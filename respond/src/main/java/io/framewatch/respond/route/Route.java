package io.framewatch.respond.route;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A node of the routing tree; what its file left out is already inherited from its parent.
/// Immutable, thread safe.
///
/// @param key names it among all: the matchers from the root down, as Alertmanager's group keys
///   begin
/// @param receiver who is told
/// @param matchers which alerts it takes; all must hold
/// @param continues whether its siblings after it are tried too
/// @param groupBy how alerts share a notification
/// @param groupWaitMs from a group's first alert to its first notification, milliseconds
/// @param groupIntervalMs between looks at a group that has changed, milliseconds
/// @param repeatIntervalMs until an unchanged group that still fires is told again, milliseconds
/// @param muteTimes names of time intervals in which it is quiet
/// @param activeTimes names of the only time intervals in which it speaks; none means always
/// @param routes children, tried in order
public record Route(
        String key,
        String receiver,
        List<Matcher> matchers,
        boolean continues,
        GroupBy groupBy,
        long groupWaitMs,
        long groupIntervalMs,
        long repeatIntervalMs,
        List<String> muteTimes,
        List<String> activeTimes,
        List<Route> routes) {

    /// Alertmanager's defaults: 30 seconds, 5 minutes, 4 hours.
    public static final long GROUP_WAIT_MS = 30_000;

    /// See [#GROUP_WAIT_MS].
    public static final long GROUP_INTERVAL_MS = 300_000;

    /// See [#GROUP_WAIT_MS].
    public static final long REPEAT_INTERVAL_MS = 4L * 3_600_000;

    /// A root without children.
    public static Route root(
            String receiver,
            GroupBy groupBy,
            long groupWaitMs,
            long groupIntervalMs,
            long repeatIntervalMs) {
        return new Route(
                "{}",
                receiver,
                List.of(),
                false,
                groupBy,
                groupWaitMs,
                groupIntervalMs,
                repeatIntervalMs,
                List.of(),
                List.of(),
                List.of());
    }

    /// The key of a child with these matchers.
    public static String childKey(String parentKey, List<Matcher> matchers, int index) {
        String own = matchers.stream().map(Matcher::toString).collect(Collectors.joining(","));
        return parentKey + "/{" + own + "}/" + index;
    }

    /// The routes that take an alert: the deepest ones that match, this one if no child does, none
    /// if this one does not match.
    public List<Route> match(Labels labels) {
        if (!labels.matches(matchers)) {
            return List.of();
        }
        List<Route> taking = new ArrayList<>();
        for (Route child : routes) {
            List<Route> below = child.match(labels);
            taking.addAll(below);
            if (!below.isEmpty() && !child.continues) {
                break;
            }
        }
        return taking.isEmpty() ? List.of(this) : taking;
    }

    /// This route and all below it, parents first.
    public List<Route> flatten() {
        List<Route> all = new ArrayList<>(List.of(this));
        routes.forEach(child -> all.addAll(child.flatten()));
        return all;
    }
}
