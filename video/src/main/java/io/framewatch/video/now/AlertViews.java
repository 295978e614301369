package io.framewatch.video.now;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.video.cause.Cause;
import io.framewatch.video.inventory.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Turns alerts into what the page shows of them, with the cause in words. Thread safe.
final class AlertViews {

    /// Most alerts shown, the worst and newest.
    static final int ALERTS_MAX = 200;

    private final Inventory inventory;

    /// The last cause told of each stream of the inventory, for alerts that outlive the trouble.
    private final Map<String, Cause> lastCauses = new ConcurrentHashMap<>();

    AlertViews(Inventory inventory) {
        this.inventory = inventory;
    }

    List<Now.AlertView> views(List<Alert> alerts, Map<String, Cause> causes) {
        lastCauses.putAll(causes);
        List<Alert> sorted = new ArrayList<>(alerts);
        sorted.sort(
                Comparator.comparingInt(AlertViews::rank)
                        .thenComparing(Comparator.comparingLong(Alert::activeAtMs).reversed()));
        return sorted.stream()
                .limit(ALERTS_MAX)
                .map(alert -> view(alert, causes.get(alert.labels().get("stream_id"))))
                .toList();
    }

    private static int rank(Alert alert) {
        return switch (alert.state()) {
            case FIRING -> 0;
            case PENDING -> 1;
            case RESOLVED -> 2;
        };
    }

    private Now.AlertView view(Alert alert, @Nullable Cause present) {
        Labels labels = alert.labels();
        String stream = labels.get("stream_id");
        boolean open = alert.state() != Alert.State.RESOLVED;
        Cause cause = present == null ? lastCauseDuring(alert, stream) : present;
        String told = cause == null ? alert.annotations().get("cause") : cause.sentence();
        String summary = alert.annotations().get("summary");
        return new Now.AlertView(
                alert.name() + "-" + Integer.toHexString(labels.hashCode()),
                alert.name(),
                alert.state().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(alert.activeAtMs()),
                instant(alert.firedAtMs()),
                instant(alert.resolvedAtMs()),
                orNull(labels.get("severity")),
                summary.isEmpty() ? alert.name() : summary,
                orNull(told),
                cause == null ? null : cause.message(),
                orNull(stream),
                orNull(labels.get("site")),
                labels.toMap(),
                alert.annotations().toMap(),
                open && present != null ? present.turn().word() : turn(open).word(),
                pictures(labels));
    }

    private @Nullable Cause lastCauseDuring(Alert alert, String stream) {
        Cause last = lastCauses.get(stream);
        long slackMs = 60_000;
        return last != null && last.sinceMs() >= alert.activeAtMs() - slackMs ? last : null;
    }

    private static Cause.Turn turn(boolean open) {
        return open ? Cause.Turn.OPERATOR : Cause.Turn.NOBODY;
    }

    /// A stream's alert concerns one picture, a site's all of the site.
    private int pictures(Labels labels) {
        if (labels.has("stream_id")) {
            return 1;
        }
        return inventory.sites().stream()
                .filter(site -> site.id().equals(labels.get("site")))
                .mapToInt(site -> inventory.streamsOf(site).size())
                .sum();
    }

    private static @Nullable Instant instant(long atMs) {
        return atMs == 0 ? null : Instant.ofEpochMilli(atMs);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
