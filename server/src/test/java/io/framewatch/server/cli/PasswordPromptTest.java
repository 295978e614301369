package io.framewatch.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.framewatch.model.FaultException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Without a terminal, as tests and scripts run.
final class PasswordPromptTest {

    private final InputStream before = System.in;

    @AfterEach
    void restore() {
        System.setIn(before);
    }

    private static String asked(String input) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return PasswordPrompt.ask("Password: ");
    }

    @Test
    void theFirstLineOfStandardInputIsThePassword() {
        assertThat(asked("correct horse\nnext line\n")).isEqualTo("correct horse");
        assertThat(asked("no line end")).isEqualTo("no line end");
    }

    @Test
    void emptyInputIsTold() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> asked(""))
                .withMessageContaining("Standard input is empty");
    }
}
