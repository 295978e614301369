package io.framewatch.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The users file, its hashes, and logins by password.
final class UsersTest {

    private static final String PASSWORD = "correct horse";
    private static final String HASH = Passwords.hash(PASSWORD);

    @TempDir private Path folder = Path.of("");

    private final ManualClock clock = new ManualClock(1_000_000);

    private Path file() {
        return folder.resolve("users.txt");
    }

    private void write(String... names) {
        Map<String, User> users = new java.util.LinkedHashMap<>();
        for (String name : names) {
            users.put(name, new User(name, Caller.Role.EDITOR, Tenant.DEFAULT, HASH));
        }
        UsersFile.write(file(), users);
    }

    private static void refused(String code, Runnable call) {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
    }

    @Test
    void hashesAreSaltedAndCheckTheirPasswordOnly() {
        assertThat(HASH).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Passwords.hash(PASSWORD)).isNotEqualTo(HASH);
        assertThat(Passwords.matches(PASSWORD, HASH)).isTrue();
        assertThat(Passwords.matches(PASSWORD + " ", HASH)).isFalse();
        assertThat(Passwords.matches("x".repeat(201), HASH)).isFalse();
    }

    @Test
    void theHashOfTheReferenceImplementationIsUnderstood() {
        // a test vector of the reference implementation, src/test.c
        String reference =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                        + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(Passwords.matches("password", reference)).isTrue();
        assertThat(Passwords.matches("passwore", reference)).isFalse();
    }

    @Test
    void bcryptIsReadAndCostlyHashesAreNot() {
        String bcrypt = OpenBSDBCrypt.generate(PASSWORD.toCharArray(), new byte[16], 4);
        assertThat(Passwords.matches(PASSWORD, bcrypt)).isTrue();
        assertThat(Passwords.matches("other one", bcrypt)).isFalse();
        assertThat(Passwords.readable(bcrypt.replace("$04$", "$31$"))).isFalse();
        assertThat(Passwords.readable(HASH.replace("m=19456", "m=999999"))).isFalse();
        assertThat(Passwords.readable("plain")).isFalse();
    }

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        write("ann", "bob");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(UsersFile.read(file()).keySet()).containsExactly("ann", "bob");
        assertThat(UsersFile.read(folder.resolve("none"))).isEmpty();
        assertThat(UsersFile.read(file()).toString()).doesNotContain("argon2");
    }

    @Test
    void wrongLinesAreNamedWithoutTheirHash() throws IOException {
        for (String line :
                new String[] {
                    "ann editor default",
                    "ann boss default " + HASH,
                    "a/b editor default " + HASH,
                    "ann editor ../x " + HASH,
                    "ann editor default secret-in-plain"
                }) {
            Files.writeString(file(), "# comment\n" + line + "\n");
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> UsersFile.read(file()))
                    .withMessageContaining("users.txt:2")
                    .withMessageNotContaining("argon2")
                    .withMessageNotContaining("secret");
        }
    }

    @Test
    void aLoginNeedsNameAndPassword() {
        write("ann");
        PasswordLogin login = new PasswordLogin(new Users(file(), clock), clock);
        assertThat(login.check("ann", PASSWORD, "1.2.3.4").role()).isEqualTo(Caller.Role.EDITOR);
        refused("login_failed", () -> login.check("ann", "wrong one", "1.2.3.4"));
        refused("login_failed", () -> login.check("nobody", PASSWORD, "1.2.3.4"));
        refused("login_failed", () -> login.check("", "", "1.2.3.4"));
    }

    @Test
    void guessingIsSlowedDown() {
        write("ann");
        PasswordLogin login = new PasswordLogin(new Users(file(), clock), clock);
        for (int i = 0; i < LoginLimiter.PAIR_MAX; i++) {
            refused("login_failed", () -> login.check("ann", "wrong one", "6.6.6.6"));
        }
        refused("login_slow_down", () -> login.check("ann", PASSWORD, "6.6.6.6"));
        assertThat(login.check("ann", PASSWORD, "1.2.3.4").name()).isEqualTo("ann");
        clock.advance(Duration.ofMinutes(16));
        assertThat(login.check("ann", PASSWORD, "6.6.6.6").name()).isEqualTo("ann");
    }

    @Test
    void anAddressThatTriesManyNamesIsSlowedDown() {
        LoginLimiter limiter = new LoginLimiter(clock);
        for (int i = 0; i < LoginLimiter.ADDRESS_MAX; i++) {
            limiter.attempt("name" + i, "6.6.6.6");
        }
        refused("login_slow_down", () -> limiter.attempt("other", "6.6.6.6"));
        for (int i = 0; i < LoginLimiter.NAME_MAX; i++) {
            limiter.attempt("ann", "10.0.0." + i);
        }
        refused("login_slow_down", () -> limiter.attempt("ann", "1.2.3.4"));
        limiter.succeeded("ann", "10.0.0.1");
        limiter.attempt("ann", "1.2.3.4");
    }

    @Test
    void aChangedFileCountsSoon() throws IOException {
        write("ann");
        Users users = new Users(file(), clock);
        User ann = java.util.Objects.requireNonNull(users.find("ann"));
        PasswordLogin login = new PasswordLogin(users, clock);
        assertThat(login.stillIs(ann)).isTrue();
        write("ann", "bob");
        assertThat(users.find("bob")).isNull();
        clock.advance(Duration.ofSeconds(3));
        assertThat(users.find("bob")).isNotNull();
        Files.writeString(file(), "broken");
        clock.advance(Duration.ofSeconds(3));
        assertThat(users.find("bob")).as("stays as it was").isNotNull();
        write("bob");
        clock.advance(Duration.ofSeconds(3));
        assertThat(login.stillIs(ann)).isFalse();
    }
}
