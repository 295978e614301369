package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.files.SafeFiles;
import io.framewatch.server.http.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// API tokens that admins issue and revoke while the server runs. The file holds their digests,
/// never a token; when one was used last is written when the file is written next, at the latest at
/// the end. Thread safe.
final class IssuedTokens implements AutoCloseable {

    /// Most tokens at once.
    static final int TOKENS_MAX = 1_000;

    /// Begins every token, so that one that leaked is recognized as such.
    private static final String MARK = "fw_";

    private static final Logger log = LoggerFactory.getLogger(IssuedTokens.class);
    private static final long FILE_BYTES_MAX = 2L << 20;
    private static final int ID_LENGTH = 12;

    private final Path file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Issued> byDigest = new LinkedHashMap<>();
    private boolean changed;

    /// A token, without its secret.
    ///
    /// @param id names it in addresses
    /// @param name what people call it
    /// @param role what it may do
    /// @param tenant whose data it sees
    /// @param by who issued it
    /// @param createdMs when, Unix milliseconds
    /// @param expiresMs from when on it is good no more, Unix milliseconds; 0 for never
    /// @param usedMs when it was used last, Unix milliseconds; 0 if never
    record Issued(
            String id,
            String name,
            Caller.Role role,
            Tenant tenant,
            String by,
            long createdMs,
            long expiresMs,
            long usedMs) {

        private Issued usedAt(long atMs) {
            return new Issued(id, name, role, tenant, by, createdMs, expiresMs, atMs);
        }

        private boolean good(long nowMs) {
            return expiresMs == 0 || nowMs < expiresMs;
        }

        private Caller caller() {
            return new Caller("token " + name, role, tenant, "login");
        }
    }

    /// Throws `tokens_file` if the file cannot be understood.
    IssuedTokens(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            read();
        } catch (NoSuchFileException e) {
            log.debug("no tokens were issued so far");
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    private void read() throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("it is larger than 2 MiB");
        }
        for (JsonNode node : JsonMapper.shared().readTree(Files.readString(file))) {
            Caller.Role role = Roles.ofToken(node.path("role").asString());
            if (role == null || !User.isName(node.path("name").asString())) {
                throw new IOException("a token has no name or no role");
            }
            Issued issued =
                    new Issued(
                            node.path("id").asString(),
                            node.path("name").asString(),
                            role,
                            new Tenant(node.path("tenant").asString()),
                            node.path("by").asString(),
                            node.path("createdMs").asLong(),
                            node.path("expiresMs").asLong(),
                            node.path("usedMs").asLong());
            byDigest.put(node.path("digest").asString(), issued);
        }
    }

    /// Whose token has this digest, or null if nobody's. Counts as use.
    @Nullable Caller use(String digest) {
        lock.lock();
        try {
            Issued issued = byDigest.get(digest);
            long now = clock.nowMs();
            if (issued == null || !issued.good(now)) {
                return null;
            }
            byDigest.put(digest, issued.usedAt(now));
            changed = true;
            return issued.caller();
        } finally {
            lock.unlock();
        }
    }

    /// Whether a token of this digest is good. Counts as no use.
    boolean has(String digest) {
        lock.lock();
        try {
            Issued issued = byDigest.get(digest);
            return issued != null && issued.good(clock.nowMs());
        } finally {
            lock.unlock();
        }
    }

    /// All tokens, those that are good no more included, oldest first.
    List<Issued> all() {
        lock.lock();
        try {
            return List.copyOf(byDigest.values());
        } finally {
            lock.unlock();
        }
    }

    /// Issues a token and answers its secret, which is known to nobody else from now on. Throws
    /// `token_invalid` or `tokens_file`.
    ///
    /// @param days how long it is good; 0 for ever
    String issue(String name, Caller.Role role, Tenant tenant, String by, int days) {
        String secret = MARK + Secrets.random();
        String digest = Secrets.digest(secret);
        long now = clock.nowMs();
        lock.lock();
        try {
            if (byDigest.size() >= TOKENS_MAX) {
                throw invalid("There are " + TOKENS_MAX + " tokens already.", "Revoke some first.");
            }
            if (byDigest.values().stream().anyMatch(other -> other.name().equals(name))) {
                throw invalid("There is a token " + name + " already.", "Give another name.");
            }
            String id = Secrets.id(digest, ID_LENGTH);
            long expiresMs = days == 0 ? 0 : now + days * 86_400_000L;
            byDigest.put(digest, new Issued(id, name, role, tenant, by, now, expiresMs, 0));
            try {
                write();
            } catch (FaultException e) {
                byDigest.remove(digest);
                throw e;
            }
            return secret;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a token back and answers which it was; null if there is none of this id.
    @Nullable Issued revoke(String id) {
        lock.lock();
        try {
            String digest =
                    byDigest.entrySet().stream()
                            .filter(entry -> entry.getValue().id().equals(id))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(null);
            if (digest == null) {
                return null;
            }
            Issued gone = Objects.requireNonNull(byDigest.remove(digest));
            try {
                write();
            } catch (FaultException e) {
                byDigest.put(digest, gone);
                throw e;
            }
            return gone;
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        ArrayNode all = JsonMapper.shared().createArrayNode();
        byDigest.forEach((digest, issued) -> {
            ObjectNode node = all.addObject();
            node.put("id", issued.id()).put("name", issued.name());
            node.put("role", issued.role().word());
            node.put("tenant", issued.tenant().id()).put("by", issued.by());
            node.put("createdMs", issued.createdMs()).put("expiresMs", issued.expiresMs());
            node.put("usedMs", issued.usedMs()).put("digest", digest);
        });
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            byte[] text =
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(all);
            SafeFiles.replacePrivate(file, text);
            changed = false;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private FaultException unusable(Exception e) {
        return new FaultException(
                Fault.operator(
                        "tokens_file",
                        "The file of issued tokens " + file + " cannot be read or written.",
                        "Check its permissions, or take it from a backup."),
                e);
    }

    private static FaultException invalid(String what, String todo) {
        return new FaultException(Fault.caller("token_invalid", what, todo));
    }

    /// Writes when tokens were used last.
    @Override
    public void close() {
        lock.lock();
        try {
            if (changed) {
                write();
            }
        } catch (FaultException e) {
            log.warn("when tokens were used last was not written: {}", e.fault().message());
        } finally {
            lock.unlock();
        }
    }
}
