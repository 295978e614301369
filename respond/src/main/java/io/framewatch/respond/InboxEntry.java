package io.framewatch.respond;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import java.util.List;

/// A group of alerts that was told to somebody, from its first notification until all its alerts
/// were resolved. Immutable.
///
/// @param id names the entry, stable
/// @param tenant whose
/// @param groupKey the group as receivers see it
/// @param receiver who was told
/// @param groupLabels what the alerts were grouped by
/// @param alerts the alerts as last told, at most [Inbox#ALERTS_PER_ENTRY_MAX]
/// @param alertsTotal how many there were
/// @param notifiedAtMs first notification, Unix milliseconds
/// @param updatedAtMs latest notification, Unix milliseconds
/// @param resolvedAtMs when all alerts were resolved, Unix milliseconds; 0 while any fires
/// @param channels what became of the latest notification, by channel
public record InboxEntry(
        String id,
        Tenant tenant,
        String groupKey,
        String receiver,
        Labels groupLabels,
        List<Alert> alerts,
        int alertsTotal,
        long notifiedAtMs,
        long updatedAtMs,
        long resolvedAtMs,
        List<ChannelResult> channels) {

    /// Whether any of its alerts fires still.
    public boolean isOpen() {
        return resolvedAtMs == 0;
    }
}
