package io.framewatch.server.parts;

import io.framewatch.ingest.collect.HostCollector;
import io.framewatch.ingest.collect.HostOptions;
import io.framewatch.ingest.config.HiddenSecrets;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.scrape.ScrapeManager;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.server.config.Settings;
import io.framewatch.server.telemetry.Intake;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.otlp.metrics.OtlpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where numbers come from without anybody sending them: scraped targets and this machine. Thread
/// safe.
public final class MetricSources implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MetricSources.class);

    private final Settings settings;
    private final ScrapeManager scrapes;
    private final @Nullable HostCollector host;
    private volatile @Nullable PrometheusConfig config;
    private volatile String shown;

    /// Reads the configuration, if there is one; nothing is collected before [#start]. Throws
    /// `config_invalid` or `config_unreadable`.
    ///
    /// @param intake counts what comes which way
    public MetricSources(Settings settings, MetricAppender appender, Intake intake, Clock clock) {
        this.settings = settings;
        this.config = read(settings.prometheusFile());
        this.shown = shown(settings.prometheusFile());
        this.scrapes = new ScrapeManager(intake.metrics("scrape", appender), clock);
        long intervalMs = settings.host().intervalMs();
        this.host =
                settings.host().enabled()
                        ? new HostCollector(
                                intake.metrics("host", appender),
                                clock,
                                HostOptions.of(hostName(), intervalMs))
                        : null;
    }

    private static @Nullable PrometheusConfig read(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        PrometheusConfig config = PrometheusConfig.read(file);
        config.warnings().forEach(warning -> log.warn("{}: {}", file, warning));
        return config;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /// Begins to collect.
    public void start() {
        PrometheusConfig read = config;
        if (read != null) {
            scrapes.apply(read);
        }
        if (host != null) {
            host.start();
        }
    }

    /// Reads the configuration as it stands now, if there is one, and changes nothing. Throws as
    /// the constructor does.
    public @Nullable PrometheusConfig read() {
        return read(settings.prometheusFile());
    }

    /// From now on this is the configuration, and what it names is scraped.
    public void apply(@Nullable PrometheusConfig fresh) {
        if (fresh != null) {
            shown = shown(settings.prometheusFile());
            config = fresh;
            scrapes.apply(fresh);
        }
    }

    /// The configuration in force, if there is one.
    public @Nullable PrometheusConfig config() {
        return config;
    }

    /// The text of its file with secrets hidden; empty without one.
    public String shownConfig() {
        return shown;
    }

    private static String shown(@Nullable Path file) {
        try {
            return file == null ? "" : HiddenSecrets.in(Files.readString(file));
        } catch (IOException e) {
            return "";
        }
    }

    /// How names of OTLP metrics are translated.
    public OtlpOptions otlpOptions() {
        PrometheusConfig read = config;
        return read == null ? OtlpOptions.DEFAULT : read.otlp();
    }

    /// Labels that tell this server from others.
    public Labels externalLabels() {
        PrometheusConfig read = config;
        return read == null ? Labels.EMPTY : read.global().externalLabels();
    }

    /// What is scraped.
    public ScrapeManager scrapes() {
        return scrapes;
    }

    /// Adds counts of scraping to the server's own metrics.
    public void measure(Meters meters) {
        meters.counted(
                "framewatch_scrapes_total", "Scrapes made.", () -> scrapes.stats().scrapes());
        meters.counted(
                "framewatch_scrapes_failed_total",
                "Scrapes that failed.",
                () -> scrapes.stats().failed());
        meters.counted(
                "framewatch_scrape_samples_stored_total",
                "Scraped samples kept by the store.",
                () -> scrapes.stats().stored());
        meters.counted(
                "framewatch_scrape_samples_conflicting_total",
                "Scraped samples refused because another value stood at their timestamp.",
                () -> scrapes.stats().conflicts());
        meters.counted(
                "framewatch_scrape_samples_too_far_off_total",
                "Scraped samples refused because their timestamp is too far off.",
                () -> scrapes.stats().tooFarOff());
        meters.counted(
                "framewatch_scrape_bytes_total",
                "Bytes of scraped answers, decompressed.",
                () -> scrapes.stats().bytes());
        measureDiscovery(meters);
    }

    private void measureDiscovery(Meters meters) {
        discovery(
                meters,
                "framewatch_discovery_refreshes_total",
                MetricMetadata.Type.COUNTER,
                "Tries to find targets.",
                DiscoveryStatus::refreshes);
        discovery(
                meters,
                "framewatch_discovery_failures_total",
                MetricMetadata.Type.COUNTER,
                "Tries to find targets that failed.",
                DiscoveryStatus::failures);
        discovery(
                meters,
                "framewatch_discovery_last_success_timestamp_seconds",
                MetricMetadata.Type.GAUGE,
                "When a try to find targets last worked, Unix seconds; 0 before the first.",
                status -> status.lastSuccessMs() / 1000.0);
        discovery(
                meters,
                "framewatch_discovery_targets",
                MetricMetadata.Type.GAUGE,
                "Addresses found, before relabelling.",
                DiscoveryStatus::targets);
    }

    private void discovery(
            Meters meters,
            String name,
            MetricMetadata.Type type,
            String help,
            ToDoubleFunction<DiscoveryStatus> value) {
        meters.read(
                name,
                type,
                help,
                sink ->
                        scrapes.discoveries()
                                .forEach(status ->
                                        sink.sample(
                                                name,
                                                Labels.of(
                                                        "mechanism", status.mechanism(),
                                                        "source", status.source()),
                                                value.applyAsDouble(status))));
    }

    @Override
    public void close() {
        scrapes.close();
        if (host != null) {
            host.close();
        }
    }
}
