package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.access.Passwords;
import io.framewatch.server.access.Roles;
import io.framewatch.server.access.User;
import io.framewatch.server.access.UsersFile;
import io.framewatch.server.http.Caller;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;
import org.jspecify.annotations.Nullable;

/// `framewatch user add|passwd|list|remove`: the file of local users. A password is asked for in
/// the terminal or read from standard input, never taken from the command line, where others could
/// see it.
final class UserCommand {

    private static final String DESCRIPTION = "Keeps the file of local users.";

    private final UnaryOperator<String> passwords;

    /// @param passwords asks for a password with a prompt
    UserCommand(UnaryOperator<String> passwords) {
        this.passwords = passwords;
    }

    void declare(Subparsers verbs) {
        Subparsers kinds = Run.group(verbs, "user", DESCRIPTION).addSubparsers().metavar("ACTION");
        Subparser add =
                action(
                        kinds,
                        "add",
                        "Adds a user; the password is asked for or read from standard input.",
                        this::add);
        named(add);
        add.addArgument("--role").setDefault("viewer").help("viewer, editor, admin");
        add.addArgument("--tenant").setDefault("default").help("whose data");
        named(
                action(
                        kinds,
                        "passwd",
                        "Gives a user another password; their sessions end.",
                        this::passwd));
        named(action(kinds, "remove", "Removes a user; their sessions end.", UserCommand::remove));
        action(kinds, "list", "Lists the users.", UserCommand::list);
    }

    private static Subparser action(Subparsers kinds, String name, String description, Run run) {
        Subparser parser = Run.verb(kinds, name, description, run);
        parser.addArgument("--file")
                .metavar("FILE")
                .help("The users file; else access.usersFile of the configuration.");
        ConfigOption.declare(parser);
        return parser;
    }

    private static void named(Subparser parser) {
        parser.addArgument("name").metavar("NAME");
    }

    private int add(Namespace given, PrintWriter out) {
        String name = given.getString("name");
        Map<String, User> users = users(given);
        Caller.Role parsed = Roles.parse(given.getString("role"));
        if (!User.isName(name) || parsed == null) {
            throw wrong(
                    "A name is 1 to 64 of A-Z a-z 0-9 _ . @ - and a role viewer, editor or admin.",
                    "Give another name or role.");
        }
        if (users.containsKey(name)) {
            throw wrong("There is a user " + name + " already.", "Use `framewatch user passwd`.");
        }
        users.put(name, new User(name, parsed, new Tenant(given.getString("tenant")), hash()));
        return written(given, out, users, "added " + users.get(name));
    }

    private int passwd(Namespace given, PrintWriter out) {
        String name = given.getString("name");
        Map<String, User> users = users(given);
        User user = known(users, name);
        users.put(name, new User(name, user.role(), user.tenant(), hash()));
        return written(given, out, users, "changed " + users.get(name));
    }

    private static int remove(Namespace given, PrintWriter out) {
        String name = given.getString("name");
        Map<String, User> users = users(given);
        users.remove(known(users, name).name());
        return written(given, out, users, "removed " + name);
    }

    private static int list(Namespace given, PrintWriter out) {
        users(given).values().forEach(out::println);
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

    private static Map<String, User> users(Namespace given) {
        return UsersFile.read(path(given));
    }

    private static int written(
            Namespace given, PrintWriter out, Map<String, User> users, String what) {
        UsersFile.write(path(given), users);
        out.println(what + " in " + path(given));
        return 0;
    }

    private static Path path(Namespace given) {
        @Nullable String file = given.getString("file");
        return file == null ? ConfigOption.settings(given).usersFile() : Path.of(file);
    }

    private static FaultException wrong(String what, String todo) {
        return new FaultException(Fault.operator("user_invalid", what, todo));
    }
}
