package io.framewatch.respond.flow;

import io.framewatch.model.Alert;
import io.framewatch.respond.journal.NotificationLog;
import io.framewatch.respond.notify.Fingerprint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Ends the way of a group that a channel was told about already and that has not changed since, as
/// Alertmanager decides it: something new fires, something told is resolved, or the repeat interval
/// is over.
public final class SkipAlreadySent implements Stage {

    private final NotificationLog log;
    private final String channelKey;
    private final boolean sendsResolved;

    /// @param channelKey names the channel in the log, together with the group
    /// @param sendsResolved whether the channel wants to hear of resolved alerts
    public SkipAlreadySent(NotificationLog log, String channelKey, boolean sendsResolved) {
        this.log = log;
        this.channelKey = channelKey;
        this.sendsResolved = sendsResolved;
    }

    @Override
    public Flush apply(Flush flush) {
        NotificationLog.Entry now = entry(flush.alerts(), flush.nowMs());
        NotificationLog.Entry last = log.last(channelKey);
        return isNews(last, now, flush.route().repeatIntervalMs()) ? flush : flush.with(List.of());
    }

    private boolean isNews(
            NotificationLog.@Nullable Entry last, NotificationLog.Entry now, long repeatMs) {
        if (last == null) {
            return !now.firing().isEmpty();
        }
        if (!last.firing().containsAll(now.firing())) {
            return true;
        }
        if (now.firing().isEmpty()) {
            return !last.firing().isEmpty();
        }
        if (sendsResolved && !last.resolved().containsAll(now.resolved())) {
            return true;
        }
        return last.atMs() <= now.atMs() - repeatMs;
    }

    /// What the log keeps about a notification with these alerts.
    public static NotificationLog.Entry entry(List<Alert> alerts, long atMs) {
        return new NotificationLog.Entry(
                fingerprints(alerts, Alert.State.FIRING),
                fingerprints(alerts, Alert.State.RESOLVED),
                atMs);
    }

    private static Set<String> fingerprints(List<Alert> alerts, Alert.State state) {
        return alerts.stream()
                .filter(alert -> alert.state() == state)
                .map(alert -> Fingerprint.of(alert.labels()))
                .collect(Collectors.toSet());
    }
}
