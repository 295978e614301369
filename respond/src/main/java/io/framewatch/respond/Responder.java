package io.framewatch.respond;

import io.framewatch.model.Alert;
import io.framewatch.model.AlertSink;
import io.framewatch.model.Clock;
import io.framewatch.model.Lazy;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.respond.config.RespondConfig;
import io.framewatch.respond.flow.Dispatcher;
import io.framewatch.respond.flow.DropInhibited;
import io.framewatch.respond.flow.Flush;
import io.framewatch.respond.flow.Stage;
import io.framewatch.respond.flow.Stages;
import io.framewatch.respond.journal.NotificationLog;
import io.framewatch.respond.notify.Backoff;
import io.framewatch.respond.notify.Outbox;
import io.framewatch.respond.notify.WebhookNotifier;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes alerts and sees that people hear of them: once, grouped, again after a while, and once
/// more when it is over. What it has taken survives a restart: open alerts, what was told to whom,
/// and the inbox are on disk before [#receive] returns or a delivery counts as made. Thread safe.
public final class Responder implements AlertSink, AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);

    private final Clock clock;
    private final Dispatcher dispatcher;
    private final AlertJournal journal;
    private final NotificationLog log;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Deliveries deliveries;

    /// Of all webhooks, made for the first of them: it reads the trusted certificates, which takes
    /// a tenth of a second of a start.
    private final Lazy<HttpClient> client = new Lazy<>(WebhookNotifier::newClient);

    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock tickLock = new ReentrantLock();
    private final AtomicLong received = new AtomicLong();
    private volatile RespondConfig config;
    private volatile Stage stages;
    private @Nullable Tasks tasks;

    /// Opens the files in `folder` and takes up where the last run ended; nothing is sent before
    /// [#start].
    public Responder(RespondConfig config, Path folder, Clock clock) {
        this(config, folder, clock, null, Backoff.DEFAULT, RandomGenerator.getDefault());
    }

    /// As above with another executor for sending, which the caller closes, and another backoff.
    Responder(
            RespondConfig config,
            Path folder,
            Clock clock,
            @Nullable Executor executor,
            Backoff backoff,
            RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.dispatcher = new Dispatcher(config.root());
        this.journal = new AlertJournal(folder.resolve("alerts.jsonl"));
        this.log = new NotificationLog(folder.resolve("notifications.jsonl"), clock);
        this.inbox = new Inbox(folder.resolve("inbox.jsonl"));
        this.outbox = new Outbox(clock, executor == null ? senders : executor, backoff, random);
        this.deliveries = new Deliveries(clock, log, inbox, outbox, this::settle, dispatcher);
        this.stages = stages(config);
        journal.restored().forEach((tenant, alerts) -> restore(tenant, alerts));
    }

    private void restore(Tenant tenant, List<Alert> alerts) {
        dispatcher.receive(tenant, alerts, clock.nowMs());
    }

    private Stage stages(RespondConfig wanted) {
        deliveries.apply(wanted, client);
        return Stages.inOrder(
                new DropInhibited(wanted.inhibitRules(), dispatcher::open), deliveries);
    }

    /// Begins to group and send, in the background.
    public void start() {
        Tasks started = new Tasks("respond");
        tasks = started;
        started.every("respond", TICK, TICK, this::tick);
    }

    /// Takes another configuration. Open alerts are routed anew; who was told what stays known.
    public void apply(RespondConfig wanted) {
        tickLock.lock();
        try {
            stages = stages(wanted);
            config = wanted;
            dispatcher.reroute(wanted.root(), clock.nowMs());
        } finally {
            tickLock.unlock();
        }
    }

    /// Takes alerts; returns when what is new of them is on disk.
    ///
    /// Throws `FaultException` with code `respond_alerts_limit` or `respond_journal`; alerts
    /// already taken are told all the same, and the sender should send them again.
    @Override
    public void receive(Tenant tenant, List<Alert> alerts) {
        received.addAndGet(alerts.size());
        journal.append(tenant, dispatcher.receive(tenant, alerts, clock.nowMs()));
    }

    /// Looks at every group that is due and starts every attempt that is due.
    void tick() {
        tickLock.lock();
        try {
            long nowMs = clock.nowMs();
            dispatcher
                    .resolveSilent(config.resolveTimeoutMs(), nowMs)
                    .forEach(each -> journal.append(each.tenant(), List.of(each.alert())));
            for (Flush flush : dispatcher.takeDue(nowMs)) {
                if (stages.apply(flush).alerts().isEmpty()) {
                    settle(flush);
                }
            }
            outbox.sendDue(deliveries);
        } finally {
            tickLock.unlock();
        }
    }

    /// Everybody knows of this state of the group.
    private void settle(Flush flush) {
        journal.forget(flush.tenant(), dispatcher.settle(flush), dispatcher::all);
    }

    /// What was told to whom.
    public Inbox inbox() {
        return inbox;
    }

    /// The alerts open in a tenant.
    public Collection<Alert> open(Tenant tenant) {
        return dispatcher.open(tenant);
    }

    /// Counts for the server's own metrics.
    public RespondStats stats() {
        int open = dispatcher.all().size();
        return new RespondStats(
                received.get(),
                open,
                dispatcher.groups(),
                deliveries.sent(),
                deliveries.failed(),
                outbox.size());
    }

    /// Sends nothing more and closes the files. Attempts under way may end later; what they reach
    /// is at worst told once more after the next start.
    @Override
    public void close() {
        Tasks started = tasks;
        if (started != null) {
            started.close();
        }
        senders.shutdownNow();
        client.made().ifPresent(HttpClient::shutdownNow);
        tickLock.lock();
        try {
            log.close();
            journal.close();
            inbox.close();
        } finally {
            tickLock.unlock();
        }
    }
}
