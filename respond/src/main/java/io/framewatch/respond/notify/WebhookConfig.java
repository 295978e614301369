package io.framewatch.respond.notify;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook receiver.
///
/// @param url where to POST; a secret, since many services put their key into it
/// @param sendResolved whether resolved alerts are sent
/// @param alertsMax most alerts in one message, 0 for all; the rest is counted in `truncatedAlerts`
/// @param timeout for connecting and for the whole answer
/// @param headers sent with each request
/// @param signature key of the HMAC-SHA256 signature, or null to send none
public record WebhookConfig(
        Secret url,
        boolean sendResolved,
        int alertsMax,
        Duration timeout,
        List<Header> headers,
        @Nullable Secret signature) {

    /// How long a receiver may take when nothing is configured.
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// A header of the request.
    ///
    /// @param name its name, for example `Authorization`
    /// @param prefix what stands before the secret, for example `Bearer `
    /// @param value the rest of its value
    public record Header(String name, String prefix, Secret value) {}

    /// A webhook with nothing but an address.
    public static WebhookConfig of(URI url) {
        return new WebhookConfig(
                new Secret.Inline(url.toString()), true, 0, TIMEOUT, List.of(), null);
    }
}
