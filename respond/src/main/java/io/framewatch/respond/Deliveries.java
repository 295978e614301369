package io.framewatch.respond;

import io.framewatch.model.Clock;
import io.framewatch.respond.config.Receiver;
import io.framewatch.respond.config.RespondConfig;
import io.framewatch.respond.flow.Dispatcher;
import io.framewatch.respond.flow.Flush;
import io.framewatch.respond.flow.SkipAlreadySent;
import io.framewatch.respond.flow.Stage;
import io.framewatch.respond.journal.NotificationLog;
import io.framewatch.respond.notify.Notification;
import io.framewatch.respond.notify.Notifier;
import io.framewatch.respond.notify.Outbox;
import io.framewatch.respond.notify.SendResult;
import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.respond.notify.WebhookNotifier;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The last stage: writes a group into the inbox and gives it to each channel of its receiver that
/// has not been told yet. Channels succeed and fail each on its own. Thread safe.
final class Deliveries implements Stage, Outbox.Listener {

    /// The latest look at a group and the channels it has not reached yet. Guarded by its lock.
    private static final class Round {
        private final ReentrantLock lock = new ReentrantLock();
        private final Flush flush;
        private final Set<String> waiting = new HashSet<>();
        private final Set<String> busy = new HashSet<>();
        private boolean refused;

        private Round(Flush flush) {
            this.flush = flush;
        }

        private boolean isComplete() {
            return waiting.isEmpty() && busy.isEmpty() && !refused;
        }
    }

    private final Clock clock;
    private final NotificationLog log;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Consumer<Flush> settled;
    private final Dispatcher dispatcher;
    private final Map<String, Round> rounds = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile Map<String, List<Notifier>> notifiers = Map.of();

    Deliveries(
            Clock clock,
            NotificationLog log,
            Inbox inbox,
            Outbox outbox,
            Consumer<Flush> settled,
            Dispatcher dispatcher) {
        this.clock = clock;
        this.log = log;
        this.inbox = inbox;
        this.outbox = outbox;
        this.settled = settled;
        this.dispatcher = dispatcher;
    }

    void apply(RespondConfig config, Supplier<HttpClient> client) {
        Map<String, List<Notifier>> built = new HashMap<>();
        for (Receiver receiver : config.receivers().values()) {
            List<Notifier> channels = new ArrayList<>();
            for (WebhookConfig webhook : receiver.webhooks()) {
                channels.add(
                        new WebhookNotifier(webhook, client.get(), config.externalUrl(), clock));
            }
            built.put(receiver.name(), List.copyOf(channels));
        }
        notifiers = Map.copyOf(built);
    }

    long sent() {
        return sent.get();
    }

    long failed() {
        return failed.get();
    }

    @Override
    public Flush apply(Flush flush) {
        List<Notifier> channels = notifiers.getOrDefault(flush.route().receiver(), List.of());
        String inboxKey = key(flush.notification(), "inbox");
        if (isNews(flush, inboxKey, true)) {
            inbox.told(flush.notification(), channels.stream().map(Notifier::channel).toList());
            log.remember(inboxKey, SkipAlreadySent.entry(flush.alerts(), flush.nowMs()));
        }
        Round round = new Round(flush);
        round.lock.lock();
        try {
            rounds.put(flush.groupId(), round);
            for (int i = 0; i < channels.size(); i++) {
                offer(round, channels.get(i), key(flush.notification(), Integer.toString(i)));
            }
            if (round.isComplete()) {
                rounds.remove(flush.groupId(), round);
                return flush.with(List.of());
            }
        } finally {
            round.lock.unlock();
        }
        return flush;
    }

    private void offer(Round round, Notifier channel, String key) {
        Flush flush = round.flush;
        if (!isNews(flush, key, channel.sendsResolved())) {
            if (!outbox.cancel(key)) {
                round.busy.add(key);
            }
            return;
        }
        Notification told = wanted(flush.notification(), channel);
        if (told.alerts().isEmpty()) {
            outbox.cancel(key);
            log.remember(key, SkipAlreadySent.entry(flush.alerts(), flush.nowMs()));
            return;
        }
        switch (outbox.put(new Outbox.Delivery(key, channel, told))) {
            case ACCEPTED -> round.waiting.add(key);
            case BUSY -> round.busy.add(key);
            case FULL -> {
                round.refused = true;
                failed.incrementAndGet();
                note(told, key, ChannelResult.Status.FAILED, 0, 0, channel, "No room to keep it.");
            }
        }
    }

    private boolean isNews(Flush flush, String key, boolean sendsResolved) {
        SkipAlreadySent skip = new SkipAlreadySent(log, key, sendsResolved);
        return !skip.apply(flush).alerts().isEmpty();
    }

    private static Notification wanted(Notification all, Notifier channel) {
        return channel.sendsResolved()
                ? all
                : new Notification(
                        all.tenant(),
                        all.receiver(),
                        all.groupKey(),
                        all.groupLabels(),
                        all.firing(),
                        all.atMs());
    }

    private static String key(Notification notification, String channel) {
        return notification.tenant()
                + " "
                + notification.groupKey()
                + " "
                + notification.receiver()
                + " "
                + channel;
    }

    @Override
    public void attempted(
            Outbox.Delivery delivery, SendResult result, int attempts, long nextAttemptMs) {
        Notification told = delivery.notification();
        switch (result) {
            case SendResult.Delivered(String detail) -> {
                sent.incrementAndGet();
                // The repeat interval counts from the look at the group, unless sending took long.
                long atMs = attempts == 1 ? told.atMs() : clock.nowMs();
                log.remember(delivery.key(), SkipAlreadySent.entry(told.alerts(), atMs));
                note(delivery, ChannelResult.Status.DELIVERED, attempts, 0, detail);
                done(delivery, true);
            }
            case SendResult.TryAgain(String reason, _) -> {
                failed.incrementAndGet();
                note(delivery, ChannelResult.Status.RETRYING, attempts, nextAttemptMs, reason);
                awake(delivery);
            }
            case SendResult.Refused(String reason) -> {
                failed.incrementAndGet();
                note(delivery, ChannelResult.Status.FAILED, attempts, 0, reason);
                done(delivery, false);
            }
        }
    }

    private void note(
            Outbox.Delivery delivery,
            ChannelResult.Status status,
            int attempts,
            long nextAttemptMs,
            String detail) {
        note(
                delivery.notification(),
                delivery.key(),
                status,
                attempts,
                nextAttemptMs,
                delivery.notifier(),
                detail);
    }

    private void note(
            Notification told,
            String key,
            ChannelResult.Status status,
            int attempts,
            long nextAttemptMs,
            Notifier channel,
            String detail) {
        int index = Integer.parseInt(key.substring(key.lastIndexOf(' ') + 1));
        inbox.attempted(
                told,
                index,
                new ChannelResult(
                        channel.channel(), status, attempts, clock.nowMs(), nextAttemptMs, detail));
    }

    private void done(Outbox.Delivery delivery, boolean delivered) {
        Round round = rounds.get(groupId(delivery));
        if (round == null) {
            return;
        }
        boolean complete;
        round.lock.lock();
        try {
            round.waiting.remove(delivery.key());
            round.refused |= !delivered;
            complete = round.isComplete();
        } finally {
            round.lock.unlock();
        }
        if (complete && rounds.remove(groupId(delivery), round)) {
            settled.accept(round.flush);
        }
        awake(delivery);
    }

    /// A newer look at the group came while this was being sent: look again.
    private void awake(Outbox.Delivery delivery) {
        Round round = rounds.get(groupId(delivery));
        if (round == null) {
            return;
        }
        round.lock.lock();
        try {
            if (round.busy.remove(delivery.key())) {
                dispatcher.flushSoon(groupId(delivery));
            }
        } finally {
            round.lock.unlock();
        }
    }

    private static String groupId(Outbox.Delivery delivery) {
        Notification told = delivery.notification();
        return told.tenant() + " " + told.groupKey();
    }
}
