package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.access.Passwords;
import io.framewatch.server.access.Roles;
import io.framewatch.server.access.User;
import io.framewatch.server.access.UsersFile;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.SettingsFile;
import io.framewatch.server.http.Caller;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `framewatch user add|passwd|list|remove`: the file of local users. A password is asked for in
/// the terminal or read from standard input, never taken from the command line, where others could
/// see it.
@Command(
        name = "user",
        description = "Keeps the file of local users.",
        mixinStandardHelpOptions = true)
final class UserCommand {

    private final UnaryOperator<String> passwords;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The users file; else access.usersFile of the configuration.")
    private @Nullable Path file;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration file; framewatch.yml of this folder if there is one.")
    private @Nullable Path config;

    @Spec private @Nullable CommandSpec spec;

    /// @param passwords asks for a password with a prompt
    UserCommand(UnaryOperator<String> passwords) {
        this.passwords = passwords;
    }

    @Command(
            name = "add",
            description = "Adds a user; the password is asked for or read from standard input.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            defaultValue = "viewer",
                            description = "viewer, editor, admin")
                    String role,
            @Option(names = "--tenant", defaultValue = "default", description = "whose data")
                    String tenant) {
        Map<String, User> users = users();
        Caller.Role parsed = Roles.parse(role);
        if (!User.isName(name) || parsed == null) {
            throw wrong(
                    "A name is 1 to 64 of A-Z a-z 0-9 _ . @ - and a role viewer, editor or admin.",
                    "Give another name or role.");
        }
        if (users.containsKey(name)) {
            throw wrong("There is a user " + name + " already.", "Use `framewatch user passwd`.");
        }
        users.put(name, new User(name, parsed, new Tenant(tenant), hash()));
        return written(users, "added " + users.get(name));
    }

    @Command(
            name = "passwd",
            description = "Gives a user another password; their sessions end.",
            mixinStandardHelpOptions = true)
    int passwd(@Parameters(paramLabel = "NAME") String name) {
        Map<String, User> users = users();
        User user = known(users, name);
        users.put(name, new User(name, user.role(), user.tenant(), hash()));
        return written(users, "changed " + users.get(name));
    }

    @Command(
            name = "remove",
            description = "Removes a user; their sessions end.",
            mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "NAME") String name) {
        Map<String, User> users = users();
        users.remove(known(users, name).name());
        return written(users, "removed " + name);
    }

    @Command(name = "list", description = "Lists the users.", mixinStandardHelpOptions = true)
    int list() {
        users().values().forEach(out()::println);
        out().flush();
        return 0;
    }

    private static User known(Map<String, User> users, String name) {
        User user = users.get(name);
        if (user == null) {
            throw wrong("There is no user " + name + ".", "Look at `framewatch user list`.");
        }
        return user;
    }

    private String hash() {
        String password = passwords.apply("Password: ");
        int length = password.length();
        if (length < Passwords.LENGTH_MIN || length > Passwords.LENGTH_MAX) {
            throw wrong("A password has 8 to 200 characters.", "Choose another one.");
        }
        return Passwords.hash(password);
    }

    private Map<String, User> users() {
        return UsersFile.read(path());
    }

    private int written(Map<String, User> users, String what) {
        UsersFile.write(path(), users);
        out().println(what + " in " + path());
        out().flush();
        return 0;
    }

    private Path path() {
        if (file != null) {
            return file;
        }
        Path usual = Path.of("framewatch.yml");
        Path from = config != null ? config : Files.exists(usual) ? usual : null;
        return (from == null ? Settings.DEFAULT : SettingsFile.read(from)).usersFile();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private static FaultException wrong(String what, String todo) {
        return new FaultException(Fault.operator("user_invalid", what, todo));
    }
}
