package io.framewatch.server.http.prometheus;

import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.scrape.ScrapeManager;
import io.framewatch.ingest.scrape.TargetStatus;
import io.framewatch.model.Clock;
import io.framewatch.model.Durations;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `targets`, `targets/metadata`, `scrape_pools` and `alertmanagers`.
final class TargetCalls {

    /// What is in memory is bounded by the store, `store.seriesPerTenantMax`.
    private static final SelectLimits IN_MEMORY =
            new SelectLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final List<String> SUFFIXES = List.of("_total", "_bucket", "_count", "_sum");

    private final ScrapeManager scrapes;
    private final MetricSelect select;
    private final Clock clock;

    TargetCalls(ScrapeManager scrapes, MetricSelect select, Clock clock) {
        this.scrapes = scrapes;
        this.select = select;
        this.clock = clock;
    }

    /// Scraping is the server's own affair: other tenants have no targets.
    private static boolean home(Tenant tenant) {
        return tenant.equals(Tenant.DEFAULT);
    }

    ApiAnswer targets(Tenant tenant, ApiRequest request) {
        String state = request.text("state");
        String pool = request.text("scrapePool");
        boolean details = request.text("details").equals("true");
        boolean any = state.isEmpty() || state.equals("any");
        boolean active = home(tenant) && (any || state.equals("active"));
        boolean dropped = home(tenant) && (any || state.equals("dropped"));
        return ApiAnswer.of(out -> {
            out.raw("{\"activeTargets\":[");
            if (active) {
                active(out, pool, details);
            }
            out.raw("],\"droppedTargets\":[");
            if (dropped) {
                dropped(out, pool, details);
            }
            out.raw("],\"droppedTargetCounts\":{");
            if (home(tenant)) {
                counts(out);
            }
            out.raw('}');
            if (details && home(tenant)) {
                discovery(out);
            }
            out.raw('}');
        });
    }

    private void active(JsonOut out, String pool, boolean details) {
        String comma = "";
        for (TargetStatus target : scrapes.targets()) {
            if (pool.isEmpty() || pool.equals(target.scrapePool())) {
                target(out.raw(comma), target);
                if (details) {
                    out.raw(",\"lastSamples\":").number(target.lastSamples());
                }
                out.raw('}');
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
        out.raw(",\"scrapeTimeout\":").text(Durations.format(target.scrapeTimeoutMs()));
    }

    private void dropped(JsonOut out, String pool, boolean details) {
        String comma = "";
        for (Map.Entry<String, List<Labels>> job : scrapes.droppedTargets().entrySet()) {
            if (!pool.isEmpty() && !pool.equals(job.getKey())) {
                continue;
            }
            for (Labels labels : job.getValue()) {
                out.raw(comma).raw("{\"discoveredLabels\":");
                ResultJson.labels(out, labels);
                out.raw(",\"scrapePool\":").text(job.getKey());
                if (details) {
                    out.raw(",\"reason\":").text(scrapes.whyDropped(job.getKey(), labels));
                }
                out.raw('}');
                comma = ",";
            }
        }
    }

    /// Fields of ours, sent when `details=true` asks for them: how targets are found, and what is
    /// wrong with it.
    private void discovery(JsonOut out) {
        out.raw(",\"problems\":");
        ResultJson.texts(out, scrapes.problems());
        out.raw(",\"discoveries\":[");
        String comma = "";
        for (DiscoveryStatus status : scrapes.discoveries()) {
            out.raw(comma).raw("{\"mechanism\":").text(status.mechanism());
            out.raw(",\"source\":").text(status.source());
            out.raw(",\"refreshes\":").number(status.refreshes());
            out.raw(",\"failures\":").number(status.failures());
            out.raw(",\"lastSuccessMs\":").number(status.lastSuccessMs());
            out.raw(",\"targets\":").number(status.targets()).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private void counts(JsonOut out) {
        String comma = "";
        for (Map.Entry<String, List<Labels>> job : scrapes.droppedTargets().entrySet()) {
            out.raw(comma).text(job.getKey()).raw(':').number(job.getValue().size());
            comma = ",";
        }
    }

    /// What the targets that `match_target` accepts have exposed within the last hour and is known
    /// about it.
    ApiAnswer metadata(Tenant tenant, ApiRequest request) {
        String text = request.text("match_target");
        List<Matcher> matchers = text.isEmpty() ? List.of() : Selectors.read("match_target", text);
        String metric = request.text("metric");
        int limit = request.limit();
        List<MetricMetadata> known =
                select.metadata(tenant).values().stream()
                        .filter(family -> metric.isEmpty() || metric.equals(family.family()))
                        .sorted(Comparator.comparing(MetricMetadata::family))
                        .toList();
        List<TargetStatus> targets =
                home(tenant)
                        ? scrapes.targets().stream()
                                .filter(target -> target.labels().matches(matchers))
                                .toList()
                        : List.of();
        return ApiAnswer.of(out -> {
            out.raw('[');
            int count = 0;
            for (TargetStatus target : targets) {
                if (limit > 0 && count == limit) {
                    break;
                }
                for (MetricMetadata family : families(tenant, target, known)) {
                    if (limit > 0 && count == limit) {
                        break;
                    }
                    out.raw(count++ == 0 ? "{\"target\":" : ",{\"target\":");
                    ResultJson.labels(out, target.labels());
                    if (metric.isEmpty()) {
                        out.raw(",\"metric\":").text(family.family());
                    }
                    out.raw(",\"type\":").text(family.type().word());
                    out.raw(",\"help\":").text(family.help());
                    out.raw(",\"unit\":").text(family.unit()).raw('}');
                }
            }
            out.raw(']');
        });
    }

    private List<MetricMetadata> families(
            Tenant tenant, TargetStatus target, List<MetricMetadata> known) {
        List<Matcher> own = new ArrayList<>();
        target.labels().forEach((name, value) -> own.add(Matcher.equal(name, value)));
        List<String> names =
                select.labelValues(
                        tenant,
                        Labels.NAME,
                        own,
                        Cardinality.lastHour(select, tenant, clock.nowMs()),
                        IN_MEMORY);
        Set<String> exposed = new HashSet<>(names);
        for (String name : names) {
            for (String suffix : SUFFIXES) {
                if (name.endsWith(suffix)) {
                    exposed.add(name.substring(0, name.length() - suffix.length()));
                }
            }
        }
        return known.stream().filter(family -> exposed.contains(family.family())).toList();
    }

    /// Alerts go to the receivers of this server's own configuration, not to Alertmanagers.
    static ApiAnswer alertmanagers() {
        return ApiAnswer.of(
                out -> out.raw("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}"));
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
