package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LazyTest {

    private final List<String> made = new ArrayList<>();

    @Test
    void isMadeOnceAndNotBeforeItIsAskedFor() {
        Lazy<String> lazy = new Lazy<>(() -> made("a"));
        assertThat(lazy.made()).isEmpty();
        assertThat(made).isEmpty();
        assertThat(lazy.get()).isSameAs(lazy.get()).isEqualTo("a");
        assertThat(lazy.made()).contains("a");
        assertThat(made).containsExactly("a");
    }

    @Test
    void isTriedAgainWhereItsMakerFailed() {
        Lazy<String> lazy =
                new Lazy<>(() -> {
                    made("try");
                    if (made.size() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return "done";
                });
        assertThatThrownBy(lazy::get).hasMessage("not yet");
        assertThat(lazy.made()).isEmpty();
        assertThat(lazy.get()).isEqualTo("done");
    }

    private String made(String what) {
        made.add(what);
        return what;
    }
}
