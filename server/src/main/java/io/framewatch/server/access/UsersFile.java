package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.files.SafeFiles;
import io.framewatch.server.http.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The file of local users: a line `NAME ROLE TENANT HASH` each; empty lines and `#` comments are
/// skipped, and `!` before the hash disables the user. Written as a whole, readable for its owner
/// only.
public final class UsersFile {

    private static final int USERS_MAX = 10_000;
    private static final long FILE_BYTES_MAX = 8L << 20;

    private UsersFile() {}

    /// The users by name, none if there is no file. Throws `users_file` naming the line, never a
    /// hash.
    public static Map<String, User> read(Path file) {
        Map<String, User> users = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            User user = user(line);
            boolean full = users.size() >= USERS_MAX;
            if (user == null || full || users.putIfAbsent(user.name(), user) != null) {
                throw new FaultException(
                        Fault.operator(
                                "users_file",
                                file
                                        + ":"
                                        + (i + 1)
                                        + ": not `NAME ROLE TENANT HASH`, a name"
                                        + " given twice, or one user too many.",
                                "Correct the line, or make it with `framewatch user add`."));
            }
        }
        return users;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException("it is larger than 8 MiB");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static FaultException unusable(Path file, IOException e) {
        return new FaultException(
                Fault.operator(
                        "users_file",
                        "The users file " + file + " cannot be read or written.",
                        "Check its permissions, or correct `access.usersFile`."),
                e);
    }

    private static @Nullable User user(String line) {
        String[] words = line.split("\\s+");
        Caller.Role role = words.length == 4 ? Roles.parse(words[1]) : null;
        if (role == null || !User.isName(words[0])) {
            return null;
        }
        String hash = words[3].startsWith(User.LOCK) ? words[3].substring(1) : words[3];
        if (!Passwords.readable(hash)) {
            return null;
        }
        try {
            return new User(words[0], role, new Tenant(words[2]), words[3]);
        } catch (FaultException e) {
            return null; // the tenant is none
        }
    }

    /// Replaces the file. Throws `users_file`.
    public static void write(Path file, Map<String, User> users) {
        String text =
                users.values().stream()
                        .map(user -> user.line() + "\n")
                        .collect(Collectors.joining());
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            SafeFiles.replacePrivate(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }
}
