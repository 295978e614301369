package io.framewatch.video.state;

import io.framewatch.model.Clock;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.Site;
import io.framewatch.video.inventory.VideoStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The states of all streams of an inventory. Thread safe; listeners are called outside of its
/// lock, on the thread that brought the news, and should return quickly.
public final class StreamStates {

    private final Inventory inventory;
    private final Clock clock;
    private final Object lock = new Object();
    private final Map<String, StreamMachine> machines = new LinkedHashMap<>();
    private final List<Consumer<StateChange>> listeners = new CopyOnWriteArrayList<>();

    /// All streams of `inventory`, each UNKNOWN until it has been looked at.
    public StreamStates(Inventory inventory, StateRules rules, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
        for (Inventory.Place place : inventory.places()) {
            VideoStream stream = place.stream();
            machines.put(stream.id(), new StreamMachine(stream, rules, clock.nowMs()));
        }
    }

    /// Calls `listener` with each change from now on.
    public void onChange(Consumer<StateChange> listener) {
        listeners.add(listener);
    }

    /// Takes a reading; one of a stream that is not in the inventory is ignored.
    public void observe(StreamReading reading) {
        settle(List.of(reading.streamId()), machine -> machine.observe(reading));
    }

    /// Judges every stream anew, so that what has gone silent is noticed. Call about every second.
    public void tick() {
        settle(List.copyOf(machines.keySet()), machine -> {});
    }

    /// Says that a site, and so everything at it, is out of reach since `sinceMs`; 0 says that it
    /// is in reach again.
    public void siteDown(String siteId, long sinceMs) {
        settle(streamsAt(siteId), machine -> machine.parentDown(sinceMs));
    }

    /// Takes a stream into service until `untilMs`, Unix milliseconds; 0 ends it.
    public void inService(String streamId, long untilMs) {
        long nowMs = clock.nowMs();
        settle(List.of(streamId), machine -> machine.inService(nowMs, untilMs));
    }

    private List<String> streamsAt(String siteId) {
        List<String> ids = new ArrayList<>();
        for (Site site : inventory.sites()) {
            if (site.id().equals(siteId)) {
                inventory.streamsOf(site).forEach(stream -> ids.add(stream.id()));
            }
        }
        return ids;
    }

    private void settle(List<String> streamIds, Consumer<StreamMachine> change) {
        List<StateChange> changes = new ArrayList<>();
        synchronized (lock) {
            long nowMs = clock.nowMs();
            for (String id : streamIds) {
                StreamMachine machine = machines.get(id);
                if (machine != null) {
                    change.accept(machine);
                    StateChange made = machine.settle(nowMs);
                    if (made != null) {
                        changes.add(made);
                    }
                }
            }
        }
        for (StateChange made : changes) {
            listeners.forEach(listener -> listener.accept(made));
        }
    }

    /// Where a stream stands, or null if it is not in the inventory.
    public @Nullable StreamStatus status(String streamId) {
        synchronized (lock) {
            StreamMachine machine = machines.get(streamId);
            return machine == null ? null : machine.status(clock.nowMs());
        }
    }

    /// Where all streams stand, in the order of the inventory.
    public List<StreamStatus> all() {
        synchronized (lock) {
            long nowMs = clock.nowMs();
            return machines.values().stream().map(machine -> machine.status(nowMs)).toList();
        }
    }
}
