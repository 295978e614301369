package io.framewatch.server.http.prometheus;

import io.framewatch.ingest.scrape.ScrapeManager;
import io.framewatch.ingest.scrape.TargetStatus;
import io.framewatch.model.Durations;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.JsonOut;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// `targets` and `scrape_pools`.
final class TargetCalls {

    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final ScrapeManager scrapes;

    TargetCalls(ScrapeManager scrapes) {
        this.scrapes = scrapes;
    }

    /// Scraping is the server's own affair: other tenants have no targets.
    private static boolean home(Tenant tenant) {
        return tenant.equals(Tenant.DEFAULT);
    }

    ApiAnswer targets(Tenant tenant, ApiRequest request) {
        String state = request.text("state");
        String pool = request.text("scrapePool");
        boolean any = state.isEmpty() || state.equals("any");
        boolean active = home(tenant) && (any || state.equals("active"));
        boolean dropped = home(tenant) && (any || state.equals("dropped"));
        return ApiAnswer.of(out -> {
            out.raw("{\"activeTargets\":[");
            if (active) {
                active(out, pool);
            }
            out.raw("],\"droppedTargets\":[");
            if (dropped) {
                dropped(out, pool);
            }
            out.raw("],\"droppedTargetCounts\":{");
            if (home(tenant)) {
                counts(out);
            }
            out.raw("}}");
        });
    }

    private void active(JsonOut out, String pool) {
        String comma = "";
        for (TargetStatus target : scrapes.targets()) {
            if (pool.isEmpty() || pool.equals(target.scrapePool())) {
                target(out.raw(comma), target);
                comma = ",";
            }
        }
    }

    private static void target(JsonOut out, TargetStatus target) {
        out.raw("{\"discoveredLabels\":");
        ResultJson.labels(out, target.discoveredLabels());
        out.raw(",\"labels\":");
        ResultJson.labels(out, target.labels());
        out.raw(",\"scrapePool\":").text(target.scrapePool());
        out.raw(",\"scrapeUrl\":").text(target.scrapeUrl());
        out.raw(",\"globalUrl\":").text(target.scrapeUrl());
        out.raw(",\"lastError\":").text(target.lastError());
        long lastMs = target.lastScrapeMs();
        out.raw(",\"lastScrape\":")
                .text(lastMs == 0 ? NEVER : Instant.ofEpochMilli(lastMs).toString());
        out.raw(",\"lastScrapeDuration\":").floatText(target.lastScrapeDurationSeconds());
        out.raw(",\"health\":").text(target.health().word());
        out.raw(",\"scrapeInterval\":").text(Durations.format(target.scrapeIntervalMs()));
        out.raw(",\"scrapeTimeout\":").text(Durations.format(target.scrapeTimeoutMs())).raw('}');
    }

    private void dropped(JsonOut out, String pool) {
        String comma = "";
        for (Map.Entry<String, List<Labels>> job : scrapes.droppedTargets().entrySet()) {
            if (!pool.isEmpty() && !pool.equals(job.getKey())) {
                continue;
            }
            for (Labels labels : job.getValue()) {
                out.raw(comma).raw("{\"discoveredLabels\":");
                ResultJson.labels(out, labels);
                out.raw(",\"scrapePool\":").text(job.getKey()).raw('}');
                comma = ",";
            }
        }
    }

    private void counts(JsonOut out) {
        String comma = "";
        for (Map.Entry<String, List<Labels>> job : scrapes.droppedTargets().entrySet()) {
            out.raw(comma).text(job.getKey()).raw(':').number(job.getValue().size());
            comma = ",";
        }
    }

    ApiAnswer scrapePools(Tenant tenant) {
        List<String> jobs = home(tenant) ? scrapes.jobs() : List.of();
        return ApiAnswer.of(out -> {
            out.raw("{\"scrapePools\":");
            ResultJson.texts(out, jobs);
            out.raw('}');
        });
    }
}
