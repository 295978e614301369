package io.framewatch.server.telemetry;

import io.framewatch.respond.RespondStats;
import java.util.function.Supplier;

/// How alerts reach people, read when somebody asks.
public final class RespondMetrics {

    private RespondMetrics() {}

    /// Adds them to `meters`; `stats` tells the counts of now.
    public static void addTo(Meters meters, Supplier<RespondStats> stats) {
        meters.counted(
                "framewatch_alerts_received_total",
                "Alerts taken from rules and clients, repeats included.",
                () -> stats.get().alertsReceived());
        meters.gauge(
                "framewatch_alerts_open",
                "Alerts that fire, or are over and not yet told to be.",
                () -> stats.get().alertsOpen());
        meters.gauge(
                "framewatch_alert_groups", "Groups of alerts now.", () -> stats.get().groups());
        meters.counted(
                "framewatch_notifications_sent_total",
                "Notifications that a receiver took.",
                () -> stats.get().sent());
        meters.counted(
                "framewatch_notifications_failed_total",
                "Attempts to notify that failed; those that may help are made again.",
                () -> stats.get().failed());
        meters.gauge(
                "framewatch_notifications_waiting",
                "Notifications waiting for an attempt, or under way.",
                () -> stats.get().waiting());
    }
}
