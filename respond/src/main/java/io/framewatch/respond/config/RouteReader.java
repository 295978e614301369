package io.framewatch.respond.config;

import io.framewatch.model.FaultException;
import io.framewatch.model.Matcher;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.respond.route.GroupBy;
import io.framewatch.respond.route.MatcherParser;
import io.framewatch.respond.route.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the routing tree; what a route leaves out it takes from its parent.
final class RouteReader {

    private static final Route DEFAULTS =
            Route.root(
                    "",
                    GroupBy.of(),
                    Route.GROUP_WAIT_MS,
                    Route.GROUP_INTERVAL_MS,
                    Route.REPEAT_INTERVAL_MS);

    private final Set<String> receivers;
    private final Set<String> intervals;

    RouteReader(Set<String> receivers, Set<String> intervals) {
        this.receivers = receivers;
        this.intervals = intervals;
    }

    Route root(YamlMap map) {
        for (String key : List.of("match", "match_re", "matchers")) {
            YamlValue value = map.find(key);
            if (value != null && !isEmpty(value)) {
                map.keyAt(key).problem("the root route takes every alert and has no matchers");
            }
        }
        for (String key : List.of("mute_time_intervals", "active_time_intervals")) {
            if (!map.list(key).isEmpty()) {
                map.keyAt(key).problem("the root route is never muted");
            }
        }
        if (map.text("receiver", "").isEmpty()) {
            map.at().problem("the root route needs a `receiver`");
        }
        return route(map, DEFAULTS, "{}", List.of());
    }

    private static boolean isEmpty(YamlValue value) {
        return value.isMap() ? value.map().keys().isEmpty() : value.list().isEmpty();
    }

    private Route child(YamlMap map, Route parent, int index) {
        List<Matcher> matchers = matchers(map, "match", "match_re", "matchers");
        return route(map, parent, Route.childKey(parent.key(), matchers, index), matchers);
    }

    private Route route(YamlMap map, Route parent, String key, List<Matcher> matchers) {
        String receiver = map.text("receiver", parent.receiver());
        if (!receiver.isEmpty() && !receivers.contains(receiver)) {
            map.keyAt("receiver").problem("there is no receiver `" + receiver + "`");
        }
        Route own =
                new Route(
                        key,
                        receiver,
                        matchers,
                        map.bool("continue", false),
                        groupBy(map, parent.groupBy()),
                        map.durationMs("group_wait", parent.groupWaitMs()),
                        positive(map, "group_interval", parent.groupIntervalMs()),
                        positive(map, "repeat_interval", parent.repeatIntervalMs()),
                        intervals(map, "mute_time_intervals"),
                        intervals(map, "active_time_intervals"),
                        List.of());
        List<Route> children = new ArrayList<>();
        for (YamlValue each : map.list("routes")) {
            children.add(child(each.map(), own, children.size()));
        }
        map.rejectUnknown();
        return new Route(
                key,
                receiver,
                matchers,
                own.continues(),
                own.groupBy(),
                own.groupWaitMs(),
                own.groupIntervalMs(),
                own.repeatIntervalMs(),
                own.muteTimes(),
                own.activeTimes(),
                List.copyOf(children));
    }

    private static long positive(YamlMap map, String key, long otherwiseMs) {
        long ms = map.durationMs(key, otherwiseMs);
        if (ms == 0 && map.has(key)) {
            map.keyAt(key).problem("`" + key + "` cannot be zero");
            return otherwiseMs;
        }
        return ms;
    }

    private static GroupBy groupBy(YamlMap map, GroupBy inherited) {
        if (!map.has("group_by")) {
            return inherited;
        }
        List<String> names = map.texts("group_by");
        if (new HashSet<>(names).size() < names.size()) {
            map.keyAt("group_by").problem("a label stands in `group_by` twice");
        }
        if (!names.contains("...")) {
            return new GroupBy(false, names);
        }
        if (names.size() > 1) {
            map.keyAt("group_by").problem("`...` groups by every label and stands alone");
        }
        return GroupBy.ALL;
    }

    private List<String> intervals(YamlMap map, String key) {
        List<String> names = map.texts(key);
        for (String name : names) {
            if (!intervals.contains(name)) {
                map.keyAt(key).problem("there is no time interval `" + name + "`");
            }
        }
        return names;
    }

    /// Matchers in the old form, two maps, and in the new one, a list of texts.
    static List<Matcher> matchers(YamlMap map, String equalKey, String regexKey, String listKey) {
        List<Matcher> matchers = new ArrayList<>();
        map.textMap(equalKey).forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
        YamlMap regexes = map.map(regexKey);
        for (String name : regexes.keys()) {
            YamlValue value = regexes.find(name);
            if (value == null) {
                regexes.keyAt(name).problem("a regular expression is missing");
                continue;
            }
            try {
                matchers.add(Matcher.of(Matcher.Op.REGEX, name, value.text()));
            } catch (FaultException e) {
                value.problem(e.fault().what());
            }
        }
        for (YamlValue each : map.list(listKey)) {
            try {
                matchers.addAll(MatcherParser.list(each.text()));
            } catch (FaultException e) {
                each.problem(e.fault().what());
            }
        }
        return List.copyOf(matchers);
    }
}
