package io.framewatch.server.cli;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Asks for a new password twice in a terminal, unseen; without one reads the first line of
/// standard input.
final class PasswordPrompt {

    private PasswordPrompt() {}

    /// The password given. Throws `user_invalid` if two were given or none.
    @SuppressWarnings("SystemConsoleNull") // JDK 25 has none again where input is no terminal
    static String ask(String prompt) {
        Console console = System.console();
        return console != null && console.isTerminal() ? twice(console, prompt) : firstLine();
    }

    private static String twice(Console console, String prompt) {
        char[] first = console.readPassword("%s", prompt);
        char[] second = console.readPassword("%s", "Again: ");
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw none("The two passwords differ.");
        }
        return new String(first);
    }

    private static String firstLine() {
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = in.readLine();
            if (line == null) {
                throw none("Standard input is empty.");
            }
            return line;
        } catch (IOException e) {
            throw none("Standard input cannot be read.");
        }
    }

    private static FaultException none(String what) {
        return new FaultException(
                Fault.operator(
                        "user_invalid",
                        what,
                        "Type the password, or send it as the first line of standard input."));
    }
}
