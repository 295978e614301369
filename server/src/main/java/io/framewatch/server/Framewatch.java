package io.framewatch.server;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.model.Alert;
import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.respond.Responder;
import io.framewatch.respond.config.RespondConfig;
import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.rules.RuleManager;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.server.access.Access;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpListener;
import io.framewatch.server.http.StaticPages;
import io.framewatch.server.http.now.DemoControls;
import io.framewatch.server.http.now.DemoEndpoints;
import io.framewatch.server.http.now.InboxEndpoint;
import io.framewatch.server.http.now.LiveFiles;
import io.framewatch.server.http.now.NowEndpoints;
import io.framewatch.server.http.prometheus.FederateEndpoint;
import io.framewatch.server.http.prometheus.GuardedReads;
import io.framewatch.server.http.prometheus.PrometheusApi;
import io.framewatch.server.http.prometheus.RemoteReadEndpoint;
import io.framewatch.server.http.prometheus.SharedResults;
import io.framewatch.server.parts.BoardSide;
import io.framewatch.server.parts.Core;
import io.framewatch.server.parts.Forwarding;
import io.framewatch.server.parts.HeapKeeper;
import io.framewatch.server.parts.LogsAndTraces;
import io.framewatch.server.parts.Meanwhile;
import io.framewatch.server.parts.MetricSources;
import io.framewatch.server.parts.Pushes;
import io.framewatch.server.parts.StatusSide;
import io.framewatch.server.parts.Stores;
import io.framewatch.server.parts.VideoSide;
import io.framewatch.server.telemetry.HttpMeter;
import io.framewatch.server.telemetry.Intake;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.server.telemetry.MetricsEndpoint;
import io.framewatch.server.telemetry.ProcessMetrics;
import io.framewatch.server.telemetry.QueryMetrics;
import io.framewatch.server.telemetry.QueryWatch;
import io.framewatch.server.telemetry.RespondMetrics;
import io.framewatch.server.telemetry.RuleMetrics;
import io.framewatch.server.telemetry.SelfCollector;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.MetricStore;
import io.helidon.webserver.http.Filter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The assembled program: every part is made here, in the order data travels, and closed in the
/// opposite one. Thread safe.
public final class Framewatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Framewatch.class);

    private final Clock clock;
    private final Settings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final Meters meters = new Meters();
    private final Intake intake = new Intake(meters);
    private final long startedAtMs;
    private final QueryWatch watch;
    private final MetricStore store;
    private final PromqlEngine engine;
    private final LogsAndTraces signals;
    private final Responder responder;
    private final RuleManager rules;
    private final Forwarding forwarding;
    private final MetricSources sources;
    private final Pushes pushes;
    private final Reloads reloads;
    private final VideoSide video;
    private final BoardSide boards;
    private final SharedResults<QueryResult> shared;
    private final Access access;
    private final HttpListener listener;

    private Framewatch(Settings settings, VideoSide.Maker maker, Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.startedAtMs = clock.nowMs();
        this.watch = new QueryWatch(clock);
        try {
            Stores stores = closing(Stores.open(settings, clock));
            this.store = stores.metrics();
            stores.measure(meters);
            QueryGuard guard = new QueryGuard(settings.limits().queries().guard(), clock);
            PromqlOptions promql =
                    PromqlOptions.DEFAULT.withStartTimestamps(settings.promql().startTimestamps());
            this.engine = new PromqlEngine(store, promql, guard, clock);
            this.forwarding = closing(new Forwarding(settings, store, clock));
            this.signals =
                    closing(
                            new LogsAndTraces(
                                    stores.logs(),
                                    stores.traces(),
                                    forwarding,
                                    intake,
                                    meters,
                                    guard,
                                    clock));
            MetricAppender appender = forwarding.appender();
            this.sources = closing(new MetricSources(settings, appender, intake, clock));
            forwarding.apply(sources.config());
            this.pushes =
                    closing(
                            new Pushes(
                                    settings,
                                    forwarding,
                                    signals,
                                    intake,
                                    sources::otlpOptions,
                                    clock));
            this.reloads = new Reloads(this::readAgain, clock);
            this.responder =
                    closing(new Responder(respond(settings), responseFolder(settings), clock));
            this.rules =
                    closing(
                            new RuleManager(
                                    engine,
                                    intake.metrics("rules", appender),
                                    store,
                                    responder,
                                    clock));
            this.video = closing(maker.make(core()));
            this.boards = closing(new BoardSide(settings, clock));
            this.shared = SharedResults.ofQueries(settings.sharing(), clock);
            this.access = closing(new Access(settings, System.getenv("FRAMEWATCH_TOKEN"), clock));
            try (Meanwhile _ = Meanwhile.run("otlp-grpc", () -> pushes.listen(access))) {
                rules.apply(ruleFiles(sources.config()));
                this.listener = closing(listener());
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Starts everything and returns when requests are answered.
    ///
    /// Throws `FaultException` when the settings cannot be carried out, for example `port_busy`;
    /// what had started by then is closed again.
    public static Framewatch start(Settings settings) {
        return start(settings, ServeSide::make);
    }

    /// The same with another video side, as the demo and `watch` have one.
    public static Framewatch start(Settings settings, VideoSide.Maker video) {
        Framewatch framewatch = new Framewatch(settings, video, Clock.system());
        try {
            framewatch.begin();
        } catch (RuntimeException e) {
            framewatch.close();
            throw e;
        }
        return framewatch;
    }

    private void begin() {
        measure();
        responder.start();
        rules.start();
        sources.start();
        String instance = address().getAuthority();
        MetricAppender own = intake.metrics("own", forwarding.appender());
        closing(new SelfCollector(meters, own, instance, clock));
        closing(new HeapKeeper());
        video.start(address());
        ready.set(true);
        log.info("listening on {}", address());
        pushes.grpcAddress().ifPresent(grpc -> log.info("OTLP over gRPC on {}", grpc));
    }

    private void measure() {
        ProcessMetrics.addTo(meters, clock.nowMs(), BuildVersion.text());
        sources.measure(meters);
        forwarding.measure(meters);
        boards.measure(meters);
        shared.measure(meters);
        reloads.measure(meters);
        pushes.measure(meters);
        QueryMetrics.addTo(meters, engine.guard(), store);
        RuleMetrics.addTo(meters, rules::groups);
        RespondMetrics.addTo(meters, responder::stats);
    }

    private List<RuleFile> ruleFiles(@Nullable PrometheusConfig config) {
        List<RuleFile> files = new ArrayList<>(PackRules.all());
        files.addAll(RuleFiles.read(settings.ruleFiles()));
        files.addAll(config == null ? List.of() : RuleFiles.read(config.ruleFilePaths()));
        return List.copyOf(files);
    }

    /// Reads the configured files again. Throws what is wrong with them; the old ones then stay.
    public void reload() {
        reloads.run();
    }

    /// Reads all files before any of them counts.
    private void readAgain() {
        PrometheusConfig fresh = sources.read();
        List<RuleFile> files = ruleFiles(fresh);
        sources.apply(fresh);
        forwarding.apply(sources.config());
        rules.apply(files);
        boards.reload();
    }

    private Core core() {
        return new Core(
                settings,
                forwarding.appender(),
                engine,
                signals,
                this::alerts,
                responder,
                meters,
                clock);
    }

    private List<Alert> alerts() {
        return rules.alerts(Tenant.DEFAULT);
    }

    private HttpListener listener() {
        List<Filter> filters = List.of(new HttpMeter(meters, clock), access.filter());
        List<Endpoints> endpoints = new ArrayList<>();
        endpoints.add(new HealthEndpoints(ready::get));
        endpoints.add(new MetricsEndpoint(meters));
        endpoints.add(access.endpoints());
        endpoints.add(prometheusApi());
        endpoints.add(
                StatusSide.endpoint(
                        settings, BuildVersion.text(), startedAtMs, store, meters, watch, clock));
        endpoints.add(new InboxEndpoint(responder.inbox()));
        endpoints.addAll(signals.endpoints(settings.limits()::query, watch));
        endpoints.addAll(pushes.endpoints());
        GuardedReads reads = new GuardedReads(store, settings.limits()::query, engine.guard());
        endpoints.add(new RemoteReadEndpoint(reads));
        endpoints.add(new FederateEndpoint(reads, sources::externalLabels, clock));
        endpoints.add(new ReloadEndpoint(this::reload));
        endpoints.addAll(boards.endpoints(ready::get, BuildVersion.text()));
        addVideo(endpoints, video);
        endpoints.add(new StaticPages());
        return HttpListener.start(settings.listen(), settings.limits(), filters, endpoints);
    }

    private PrometheusApi prometheusApi() {
        PrometheusApi.ServerFacts facts =
                new PrometheusApi.ServerFacts(
                        BuildVersion.text(),
                        startedAtMs,
                        settings.store().folder().toAbsolutePath().toString(),
                        settings.store().retentionMs(),
                        settings.store().seriesPerTenantMax(),
                        settings.store().series().perMetricMax(),
                        Map.of(
                                "web.listen-address",
                                settings.listen().host() + ":" + settings.listen().port()),
                        sources::shownConfig,
                        () -> new PrometheusApi.Reload(reloads.successful(), reloads.successMs()));
        return new PrometheusApi(
                store,
                engine,
                settings.limits()::query,
                sources.scrapes(),
                rules::groups,
                facts,
                shared,
                watch,
                clock);
    }

    private void addVideo(List<Endpoints> endpoints, VideoSide side) {
        int viewersMax = settings.limits().viewersMax();
        endpoints.add(closing(new NowEndpoints(side::now, side, viewersMax, clock)));
        endpoints.add(new LiveFiles(side::folder, side.deliveries(), meters, clock));
        DemoControls demo = side.demo();
        if (demo != null) {
            endpoints.add(new DemoEndpoints(demo));
        }
    }

    private static RespondConfig respond(Settings settings) {
        List<WebhookConfig> webhooks =
                settings.receivers().stream()
                        .map(receiver -> WebhookConfig.of(receiver.url()))
                        .toList();
        return RespondConfig.of(webhooks.isEmpty() ? "inbox" : "webhooks", webhooks);
    }

    private static Path responseFolder(Settings settings) {
        return settings.store().folder().resolve("respond");
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    /// Where a browser on this machine finds the pages, without a slash at the end.
    public URI address() {
        return listener.address();
    }

    /// Where OTLP over gRPC is taken, `HOST:PORT`; empty if it is not.
    public Optional<String> grpcAddress() {
        return pushes.grpcAddress();
    }

    /// A link that logs in once; empty on loopback, where no login is asked for.
    public Optional<URI> loginLink() {
        @Nullable URI link = access.loginLink(address());
        return Optional.ofNullable(link);
    }

    /// Where samples are kept.
    public MetricStore store() {
        return store;
    }

    /// Evaluates recording and alerting rules; modes may apply rules of their own.
    public RuleManager rules() {
        return rules;
    }

    /// Log lines and spans.
    public LogsAndTraces signals() {
        return signals;
    }

    /// What evaluates PromQL.
    public PromqlEngine promql() {
        return engine;
    }

    /// The clock everything runs by.
    public Clock clock() {
        return clock;
    }

    /// Stops listening, then everything else. Does nothing the second time.
    @Override
    public void close() {
        ready.set(false);
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
