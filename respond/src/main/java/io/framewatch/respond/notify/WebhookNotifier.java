package io.framewatch.respond.notify;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// POSTs groups to an address in Alertmanager's webhook format. 2xx is delivered; 429, 5xx,
/// timeouts and failed connections may be tried again (`Retry-After` is heeded, up to an hour);
/// everything else is refused for good. Redirects are not followed, so that an authorization header
/// reaches only the host it was written for.
///
/// With a signature key, `X-Framewatch-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of
/// `X-Framewatch-Timestamp` (Unix seconds), a full stop and the body.
public final class WebhookNotifier implements Notifier {

    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int ANSWER_SHOWN_MAX = 120;
    private static final long RETRY_AFTER_MAX_MS = 3_600_000;

    private final WebhookConfig config;
    private final HttpClient client;
    private final String externalUrl;
    private final Clock clock;

    /// A notifier that sends through `client`, which whoever made it closes.
    ///
    /// @param externalUrl where people reach this server, may be empty
    public WebhookNotifier(
            WebhookConfig config, HttpClient client, String externalUrl, Clock clock) {
        this.config = config;
        this.client = client;
        this.externalUrl = externalUrl;
        this.clock = clock;
    }

    /// A client as webhooks want it: HTTP/1.1, no redirects, bounded connecting.
    public static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(WebhookConfig.TIMEOUT)
                .build();
    }

    @Override
    public String channel() {
        try {
            URI url = URI.create(config.url().reveal());
            return "webhook " + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        } catch (IOException | IllegalArgumentException e) {
            return "webhook";
        }
    }

    @Override
    public boolean sendsResolved() {
        return config.sendResolved();
    }

    @Override
    public SendResult send(Notification notification) {
        HttpRequest request;
        try {
            request = request(WebhookBody.of(notification, config.alertsMax(), externalUrl));
        } catch (IOException e) {
            return new SendResult.TryAgain(sentence(e), 0);
        } catch (IllegalArgumentException e) {
            return new SendResult.Refused("The address or a header is not valid.");
        }
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, _ -> new BoundedText(ANSWER_BYTES_MAX));
        try {
            // The request's own timeout ends with the headers; this one covers the body too.
            return judge(answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return tooSlow();
        } catch (ExecutionException e) {
            return e.getCause() instanceof HttpTimeoutException
                    ? tooSlow()
                    : new SendResult.TryAgain("The receiver cannot be reached.", 0);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new SendResult.TryAgain("Sending was interrupted.", 0);
        }
    }

    private SendResult tooSlow() {
        long seconds = config.timeout().toSeconds();
        return new SendResult.TryAgain("The receiver did not answer within " + seconds + " s.", 0);
    }

    private HttpRequest request(byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(config.url().reveal()))
                        .timeout(config.timeout())
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "Framewatch")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (WebhookConfig.Header header : config.headers()) {
            request.setHeader(header.name(), header.prefix() + header.value().reveal());
        }
        if (config.signature() != null) {
            String seconds = Long.toString(clock.nowMs() / 1000);
            request.header("X-Framewatch-Timestamp", seconds);
            request.header(
                    "X-Framewatch-Signature",
                    "sha256=" + sign(config.signature().reveal(), seconds, body));
        }
        return request.build();
    }

    private static String sign(String key, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private SendResult judge(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new SendResult.Delivered(Integer.toString(status));
        }
        if (status == 429 || status / 100 == 5) {
            return new SendResult.TryAgain(told(answer), retryAfterMs(answer));
        }
        return new SendResult.Refused(told(answer));
    }

    private static String told(HttpResponse<String> answer) {
        String body = answer.body().strip().replaceAll("\\s+", " ");
        String shown =
                body.length() <= ANSWER_SHOWN_MAX
                        ? body
                        : body.substring(0, ANSWER_SHOWN_MAX) + "...";
        String status = "The receiver answered " + answer.statusCode();
        return shown.isEmpty() ? status + "." : status + ": " + shown;
    }

    private long retryAfterMs(HttpResponse<String> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("").strip();
        long ms = 0;
        if (text.matches("\\d{1,9}")) {
            ms = Duration.ofSeconds(Long.parseLong(text)).toMillis();
        } else if (!text.isEmpty()) {
            try {
                DateTimeFormatter form =
                        DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
                Instant at = ZonedDateTime.parse(text, form).toInstant();
                ms = at.toEpochMilli() - clock.nowMs();
            } catch (DateTimeParseException e) {
                return 0; // an unreadable wish is no wish
            }
        }
        return Math.clamp(ms, 0, RETRY_AFTER_MAX_MS);
    }

    private static String sentence(IOException e) {
        return "Not sent: " + e.getMessage() + ".";
    }
}
