package io.framewatch.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserCommandTest {

    @TempDir private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private String password = "correct horse";

    private int run(String... args) throws InterruptedException {
        return new CommandLineProgram(
                        _ -> {
                            throw new IllegalStateException("nothing is started");
                        },
                        (_, _) -> {
                            throw new IllegalStateException("nothing is started");
                        },
                        _ -> password,
                        new PrintWriter(out),
                        new PrintWriter(out))
                .run(args);
    }

    private Path file() {
        return folder.resolve("users.txt");
    }

    private int user(String... args) throws InterruptedException {
        String[] all = new String[args.length + 3];
        all[0] = "user";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--file";
        all[args.length + 2] = file().toString();
        return run(all);
    }

    @Test
    void addsListsChangesAndRemoves() throws IOException, InterruptedException {
        assertThat(user("add", "ann", "--role", "editor")).isZero();
        assertThat(user("add", "bob", "--tenant", "acme")).isZero();
        String before = Files.readString(file());
        assertThat(before).startsWith("ann editor default $argon2id$").doesNotContain(password);
        assertThat(user("list")).isZero();
        assertThat(out.toString()).contains("bob viewer acme").doesNotContain("argon2");
        password = "battery staple";
        assertThat(user("passwd", "ann")).isZero();
        assertThat(Files.readString(file())).isNotEqualTo(before).startsWith("ann editor default ");
        assertThat(user("remove", "ann")).isZero();
        assertThat(Files.readString(file())).startsWith("bob ");
    }

    @Test
    void refusesInWords() throws InterruptedException {
        assertThat(user("add", "ann")).isZero();
        assertThat(user("add", "ann")).isEqualTo(1);
        assertThat(user("add", "a/b")).isEqualTo(1);
        assertThat(user("add", "bob", "--role", "boss")).isEqualTo(1);
        assertThat(user("passwd", "nobody")).isEqualTo(1);
        assertThat(user("remove", "nobody")).isEqualTo(1);
        password = "short";
        assertThat(user("add", "bob")).isEqualTo(1);
        assertThat(out.toString())
                .contains("There is a user ann already", "There is no user nobody", "8 to 200");
    }

    @Test
    void aPasswordIsNoArgument() throws InterruptedException {
        assertThat(user("add", "ann", "secret-word")).isEqualTo(2);
    }

    @Test
    void theConfigurationNamesTheFile() throws IOException, InterruptedException {
        Path config = folder.resolve("framewatch.yml");
        Files.writeString(config, "access: {usersFile: people.txt}\n");
        assertThat(run("user", "add", "ann", "--config", config.toString())).isZero();
        assertThat(folder.resolve("people.txt")).exists();
    }
}
