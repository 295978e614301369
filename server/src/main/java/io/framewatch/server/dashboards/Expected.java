package io.framewatch.server.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a writer believes is there, so that nothing is overwritten unseen.
///
/// @param match the header `If-Match`, empty for none
/// @param noneMatch the header `If-None-Match`, empty for none
public record Expected(String match, String noneMatch) {

    /// Overwrites whatever is there.
    public static final Expected ANYTHING = new Expected("*", "");

    /// Nothing is said: only what is new can be saved.
    public static final Expected NOTHING = new Expected("", "");

    /// The same, but content with anything if nothing was said.
    public Expected orAnything() {
        return match.isEmpty() ? new Expected("*", noneMatch) : this;
    }

    /// Throws `dashboard_condition` or `dashboard_changed` unless `current` is what is expected.
    void check(@Nullable BoardInfo current) {
        if (current == null) {
            if (!match.isEmpty() && !match.strip().equals("*")) {
                throw changed("The dashboard was deleted meanwhile.");
            }
            return;
        }
        if (noneMatch.strip().equals("*")) {
            throw changed("A dashboard with the uid " + current.uid() + " exists.");
        }
        if (match.isEmpty()) {
            throw new FaultException(
                    Fault.caller(
                            "dashboard_condition",
                            "The dashboard exists, and the request does not say which version it"
                                    + " replaces.",
                            "Send If-Match with the ETag that was read, or * to overwrite."));
        }
        if (Arrays.stream(match.split(",")).noneMatch(each -> matches(each, current.etag()))) {
            throw changed(
                    "The dashboard was changed"
                            + (current.updatedBy() == null ? "" : " by " + current.updatedBy())
                            + (current.updatedAtMs() == 0
                                    ? ""
                                    : " at " + Instant.ofEpochMilli(current.updatedAtMs()))
                            + " and is now version "
                            + current.version()
                            + ".");
        }
    }

    /// Proxies that compress on the way mark the tag as weak.
    private static boolean matches(String given, String etag) {
        String bare = given.strip().replaceFirst("^W/", "").replace("\"", "");
        return bare.equals("*") || bare.equals(etag) || bare.equals(etag + "-gzip");
    }

    private static FaultException changed(String what) {
        return new FaultException(
                Fault.caller(
                        "dashboard_changed",
                        what,
                        "Read it again and save on top of that, or save under another uid."));
    }
}
