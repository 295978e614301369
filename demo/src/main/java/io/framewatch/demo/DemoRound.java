package io.framewatch.demo;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.video.now.Now;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Goes through the faults, one after the other on cameras in turn: waits until all is live, breaks
/// something, waits until it is seen and alerted, clears it, waits until all is well. Then begins
/// again. [#step()] does the next bit and is called about twice a second. Thread safe.
public final class DemoRound {

    private final DemoFaults faults;
    private final List<DemoFault> order;
    private final List<String> cameras;
    private final Observer observer;
    private final RoundPace pace;
    private final Clock clock;

    private final List<RoundRow> rows = new ArrayList<>();
    private int number;
    private int current;
    private Phase phase = Phase.WAITING;
    private long phaseNs;

    private enum Phase {
        RESTING,
        WAITING,
        BROKEN,
        MENDING,
        DONE
    }

    /// A first round of these faults, in this order; at least one.
    public DemoRound(
            DemoFaults faults,
            List<DemoFault> order,
            Observer observer,
            RoundPace pace,
            Clock clock) {
        if (order.isEmpty()) {
            throw new IllegalArgumentException("no fault");
        }
        this.faults = faults;
        this.order = List.copyOf(order);
        this.cameras = DemoCamera.ALL.stream().map(DemoCamera::id).toList();
        this.observer = observer;
        this.pace = pace;
        this.clock = clock;
        begin();
    }

    private void begin() {
        rows.clear();
        for (int i = 0; i < order.size(); i++) {
            String target = cameras.get((i + number) % cameras.size());
            rows.add(RoundRow.waiting(order.get(i), target));
        }
        number++;
        current = 0;
        enter(Phase.WAITING);
    }

    private void enter(Phase next) {
        phase = next;
        phaseNs = clock.nanoTime();
    }

    private Duration inPhase() {
        return Duration.ofNanos(clock.nanoTime() - phaseNs);
    }

    private double secondsInPhase() {
        return Math.round(inPhase().toMillis() / 100.0) / 10.0;
    }

    /// Does what is due.
    public synchronized void step() {
        switch (phase) {
            case RESTING -> rest();
            case WAITING -> waitForLive();
            case BROKEN -> watchBroken();
            case MENDING -> watchMending();
            case DONE -> {
                if (inPhase().compareTo(pace.restAfterRound()) >= 0) {
                    begin();
                }
            }
        }
    }

    private void rest() {
        if (inPhase().compareTo(pace.rest()) >= 0) {
            enter(Phase.WAITING);
        }
    }

    private void waitForLive() {
        if (allFine()) {
            RoundRow row = rows.get(current);
            try {
                faults.inject(row.fault(), row.target());
                rows.set(current, row.injected());
                enter(Phase.BROKEN);
            } catch (FaultException e) {
                // somebody pressed a button meanwhile: wait until that is over
            }
        } else if (inPhase().compareTo(pace.liveMax()) > 0) {
            rows.set(current, rows.get(current).missed("cameras not live: " + notFine()));
            next();
        }
    }

    private boolean allFine() {
        return faults.targets().isEmpty() && notFine().isEmpty();
    }

    private String notFine() {
        List<String> others = new ArrayList<>();
        for (String camera : cameras) {
            Observer.Observation seen = observer.of(camera);
            if (seen == null || !seen.isFine()) {
                others.add(camera + " " + words(seen));
            }
        }
        return String.join(", ", others);
    }

    private static String words(Observer.@Nullable Observation seen) {
        if (seen == null) {
            return "unknown";
        }
        return seen.state().toLowerCase(Locale.ROOT) + (seen.alerting() ? " with an alert" : "");
    }

    private void watchBroken() {
        RoundRow row = rows.get(current);
        if (faults.target(row.fault()) == null) {
            rows.set(current, RoundRow.waiting(row.fault(), row.target())); // cleared by hand
            enter(Phase.WAITING);
            return;
        }
        Observer.Observation seen = observer.of(row.target());
        row = noted(row, seen);
        boolean complete = row.seen() != null && row.alert() != null;
        boolean late = inPhase().compareTo(pace.seenMax()) > 0;
        if (complete) {
            row = row.cleared();
        } else if (late && row.seen() == null) {
            row = row.missed("not " + expected(row) + " but " + words(seen));
        } else if (late) {
            row = row.missed("no alert");
        }
        rows.set(current, row);
        if (complete || late) {
            faults.clear(row.fault());
            enter(Phase.MENDING);
        }
    }

    private RoundRow noted(RoundRow row, Observer.@Nullable Observation seen) {
        RoundRow noted = row;
        if (seen != null) {
            boolean right =
                    row.fault().expected().stream().anyMatch(s -> s.name().equals(seen.state()));
            if (noted.seen() == null && right) {
                noted = noted.seen(secondsInPhase());
            }
            if (noted.alert() == null && seen.alerting()) {
                noted = noted.alerted(secondsInPhase());
            }
        }
        return noted;
    }

    private static String expected(RoundRow row) {
        return String.join(
                " or ",
                row.fault().expected().stream()
                        .map(state -> state.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private void watchMending() {
        RoundRow row = rows.get(current);
        Observer.Observation seen = observer.of(row.target());
        if (seen != null && seen.isFine()) {
            rows.set(current, row.recovered(secondsInPhase()));
            next();
        } else if (inPhase().compareTo(pace.recoverMax()) > 0) {
            rows.set(current, row.missed("not recovered but " + words(seen)));
            next();
        }
    }

    private void next() {
        current++;
        enter(current < rows.size() ? Phase.RESTING : Phase.DONE);
    }

    /// Which round this is, from 1.
    public synchronized int number() {
        return number;
    }

    /// The rows of this round, in order.
    public synchronized List<RoundRow> rows() {
        return List.copyOf(rows);
    }

    /// Whether every fault of this round has had its turn.
    public synchronized boolean isDone() {
        return phase == Phase.DONE;
    }

    /// The round for the page.
    public synchronized Now.DemoRound view() {
        return new Now.DemoRound(number, rows.stream().map(RoundRow::view).toList());
    }
}
