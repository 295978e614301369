package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "((a{1000}){1000}){1000}",
                "(x{2}){501}",
                "(?:[ab]{40}|b){3,30}",
                "((a{11}){1,}){100}",
                "a{1001}",
                "x(y(z{500})){3}",
            })
    void repetitionsThatMultiplyTooFarAreRefused(String regex) {
        assertThatThrownBy(() -> UserPattern.compile(regex))
                .isInstanceOf(PatternSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}",
                "(a{30}){30}",
                "a{900}b{900}",
                "(a{500})|(b{500})",
                "[{]{900}",
                "[]{2000}]{3}",
                "\\{2000\\}",
                "(\\Q{2000}{2000}\\E){9}",
                "\\x{1000}{900}",
                "\\pL{3}",
                "\\p{Greek}{3}",
                "{2000",
                "[[:alpha:]]{999}",
                "(x{0}){1000}",
            })
    void othersAreCompiled(String regex) {
        assertThat(UserPattern.compile(regex)).isNotNull();
    }
}
