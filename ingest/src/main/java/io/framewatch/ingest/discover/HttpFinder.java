package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.FinderCounts;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Targets that an address answers (`docs/http_sd` of Prometheus: status 200, `application/json`, a
/// list of target groups).
final class HttpFinder extends PeriodicFinder {

    /// Largest answer, bytes.
    static final long BYTES_MAX = 64L * 1024 * 1024;

    private final Discovery.Http config;
    private final HttpFetch fetch;
    private final URI uri;

    HttpFinder(Discovery.Http config, HttpFetch fetch, Clock clock) {
        super(clock, new FinderCounts("http", shown(config.url())));
        this.config = config;
        this.fetch = fetch;
        this.uri = URI.create(config.url());
    }

    /// The address without credentials.
    private static String shown(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    @Override
    List<TargetGroup> find() throws FindException, InterruptedException {
        BigDecimal seconds = BigDecimal.valueOf(config.refreshIntervalMs(), 3);
        Map<String, String> headers =
                Map.of(
                        "Accept",
                        "application/json",
                        "User-Agent",
                        "Framewatch",
                        "X-Prometheus-Refresh-Interval-Seconds",
                        seconds.stripTrailingZeros().toPlainString());
        try {
            Answer answer =
                    fetch.get(config.http(), uri, headers, BYTES_MAX, config.refreshIntervalMs());
            return groups(answer);
        } catch (FetchException e) {
            throw new FindException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<TargetGroup> groups(Answer answer) throws FindException {
        if (answer.status() != 200) {
            throw new FindException("the server answered HTTP status " + answer.status());
        }
        String type = answer.contentType().toLowerCase(Locale.ROOT);
        if (!type.matches("application/json(;\\s*charset=(\"utf-8\"|utf-8))?")) {
            throw new FindException(
                    "the answer's Content-Type is \"" + type + "\", not application/json");
        }
        Labels labels = Labels.of("__meta_url", config.url());
        return TargetLists.json(answer.body().data(), answer.body().length(), labels);
    }
}
