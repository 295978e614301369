package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The local users as the file says now: it is looked at again every two seconds while somebody
/// asks. A file that became unreadable changes nothing and is logged. Thread safe.
final class Users {

    private static final Logger log = LoggerFactory.getLogger(Users.class);
    private static final long FRESH_NS = Duration.ofSeconds(2).toNanos();

    private final Path file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, User> users;
    private String stamp;
    private long lookedNs;

    /// Throws `users_file` if the file cannot be understood.
    Users(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.stamp = stamp();
        this.users = UsersFile.read(file);
        this.lookedNs = clock.nanoTime();
    }

    /// The user of that name, or null.
    @Nullable User find(String name) {
        return current().get(name);
    }

    /// Whether there are any.
    boolean any() {
        return !current().isEmpty();
    }

    /// Everybody, in the order of the file.
    Collection<User> all() {
        return List.copyOf(current().values());
    }

    /// Changes the file as it stands now, and answers when it is written: the next question finds
    /// what it says. Throws `users_file`, and what `change` throws; then nothing is changed.
    void change(Consumer<Map<String, User>> change) {
        lock.lock();
        try {
            Map<String, User> next = new LinkedHashMap<>(UsersFile.read(file));
            change.accept(next);
            UsersFile.write(file, next);
            users = next;
            stamp = stamp();
            lookedNs = clock.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private Map<String, User> current() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            if (now - lookedNs >= FRESH_NS) {
                lookedNs = now;
                look();
            }
            return users;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        String found = stamp();
        if (found.equals(stamp)) {
            return;
        }
        stamp = found;
        try {
            users = UsersFile.read(file);
        } catch (FaultException e) {
            log.error("the users stay as they were: {}", e.fault().message());
        }
    }

    private String stamp() {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException e) {
            return "";
        }
    }
}
