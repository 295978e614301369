package io.framewatch.server.http.now;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.respond.ChannelResult;
import io.framewatch.respond.Inbox;
import io.framewatch.respond.InboxEntry;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// `GET /api/inbox`: what was told to whom, newest first.
public final class InboxEndpoint implements Endpoints {

    private static final int ENTRIES_MAX = 200;

    private final Inbox inbox;

    /// Shows `inbox`.
    public InboxEndpoint(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/inbox", this::newest);
    }

    private void newest(ServerRequest req, ServerResponse res) {
        List<InboxEntry> entries = inbox.newest(Caller.of(req).tenant(), ENTRIES_MAX);
        JsonOut out = new JsonOut();
        out.raw("{\"entries\":[");
        String comma = "";
        for (InboxEntry entry : entries) {
            entry(out.raw(comma), entry);
            comma = ",";
        }
        out.raw("]}");
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(req, res, out.toBytes());
    }

    private static void entry(JsonOut out, InboxEntry entry) {
        out.raw("{\"id\":").text(entry.id());
        out.raw(",\"receiver\":").text(entry.receiver());
        out.raw(",\"open\":").raw(entry.isOpen() ? "true" : "false");
        out.raw(",\"notifiedAt\":").textOrNull(time(entry.notifiedAtMs()));
        out.raw(",\"updatedAt\":").textOrNull(time(entry.updatedAtMs()));
        out.raw(",\"resolvedAt\":").textOrNull(time(entry.resolvedAtMs()));
        out.raw(",\"groupLabels\":");
        labels(out, entry.groupLabels());
        out.raw(",\"alertsTotal\":").number(entry.alertsTotal()).raw(",\"alerts\":[");
        String comma = "";
        for (Alert alert : entry.alerts()) {
            alert(out.raw(comma), alert);
            comma = ",";
        }
        out.raw("],\"channels\":[");
        comma = "";
        for (ChannelResult channel : entry.channels()) {
            out.raw(comma).raw("{\"channel\":").text(channel.channel());
            out.raw(",\"status\":").text(channel.status().name().toLowerCase(Locale.ROOT));
            out.raw(",\"attempts\":").number(channel.attempts()).raw('}');
            comma = ",";
        }
        out.raw("]}");
    }

    private static void alert(JsonOut out, Alert alert) {
        out.raw("{\"name\":").text(alert.name());
        out.raw(",\"state\":").text(alert.state().name().toLowerCase(Locale.ROOT));
        out.raw(",\"activeAt\":").textOrNull(time(alert.activeAtMs()));
        out.raw(",\"firedAt\":").textOrNull(time(alert.firedAtMs()));
        out.raw(",\"resolvedAt\":").textOrNull(time(alert.resolvedAtMs()));
        out.raw(",\"labels\":");
        labels(out, alert.labels());
        out.raw(",\"annotations\":");
        labels(out, alert.annotations());
        out.raw('}');
    }

    private static void labels(JsonOut out, Labels labels) {
        out.raw('{');
        for (int i = 0; i < labels.size(); i++) {
            out.raw(i == 0 ? "" : ",").text(labels.nameAt(i)).raw(':').text(labels.valueAt(i));
        }
        out.raw('}');
    }

    private static @org.jspecify.annotations.Nullable String time(long unixMs) {
        return unixMs == 0 ? null : Instant.ofEpochMilli(unixMs).toString();
    }
}
