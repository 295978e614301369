package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LabelsTest {

    @Test
    void sortsByNameAndDropsEmptyValues() {
        Labels labels = Labels.of("b", "2", "__name__", "up", "a", "1", "gone", "");
        assertThat(labels.toMap())
                .containsExactlyInAnyOrderEntriesOf(
                        java.util.Map.of("__name__", "up", "a", "1", "b", "2"));
        assertThat(labels.nameAt(0)).isEqualTo("__name__");
        assertThat(labels.get("gone")).isEmpty();
        assertThat(labels.has("gone")).isFalse();
    }

    @Test
    void printsAsPromqlDoes() {
        assertThat(Labels.of("__name__", "up").toString()).isEqualTo("up");
        assertThat(Labels.of("__name__", "up", "job", "a\"b").toString())
                .isEqualTo("up{job=\"a\\\"b\"}");
        assertThat(Labels.of("__name__", "my metric", "a.b", "c").toString())
                .isEqualTo("{\"my metric\", \"a.b\"=\"c\"}");
        assertThat(Labels.EMPTY.toString()).isEqualTo("{}");
    }

    @Test
    void ordersByCodePointAsUtf8BytesDo() {
        String highPrivateUse = "\uffee";
        String emoji = "\ud83c\udfa5";
        assertThat(Labels.compareCodePoints(highPrivateUse, emoji)).isNegative();
        assertThat(Labels.of("a", "1").compareTo(Labels.of("a", "1", "b", "1"))).isNegative();
    }

    @Test
    void keepsAndDrops() {
        Labels labels = Labels.of("a", "1", "b", "2", "c", "3");
        assertThat(labels.keep(Set.of("a", "x"))).isEqualTo(Labels.of("a", "1"));
        assertThat(labels.drop(Set.of("a", "x"))).isEqualTo(Labels.of("b", "2", "c", "3"));
        assertThat(labels.drop(Set.of("x"))).isSameAs(labels);
    }

    @Test
    void matchersTreatAbsentAsEmptyAndAnchorRegexes() {
        Labels labels = Labels.of("job", "camera");
        assertThat(labels.matches(List.of(Matcher.of(Matcher.Op.REGEX, "job", "cam.*")))).isTrue();
        assertThat(labels.matches(List.of(Matcher.of(Matcher.Op.REGEX, "job", "am.*")))).isFalse();
        assertThat(labels.matches(List.of(Matcher.of(Matcher.Op.REGEX, "job", "a|camera|b"))))
                .isTrue();
        assertThat(labels.matches(List.of(Matcher.of(Matcher.Op.REGEX, "job", "camera.+"))))
                .isFalse();
        assertThat(labels.matches(List.of(Matcher.of(Matcher.Op.NOT_REGEX, "job", "c[ab]mera"))))
                .isFalse();
        assertThat(labels.matches(List.of(Matcher.equal("site", "")))).isTrue();
        assertThat(Matcher.of(Matcher.Op.REGEX, "job", ".*").matches("two\nlines")).isTrue();
        assertThat(Matcher.of(Matcher.Op.REGEX, "job", "(two).lines").matches("two\nlines"))
                .isTrue();
    }

    @Test
    void refusesARegexThatRe2Refuses() {
        assertThatThrownBy(() -> Matcher.of(Matcher.Op.REGEX, "a", "(?!x)"))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().code()).isEqualTo("regex_invalid"));
    }

    @Test
    void tenantsAreCheckedAtTheBorder() {
        assertThatThrownBy(() -> new Tenant("../etc")).isInstanceOf(FaultException.class);
        assertThatThrownBy(() -> new Tenant("..")).isInstanceOf(FaultException.class);
        assertThat(new Tenant("team-1.a_b").id()).isEqualTo("team-1.a_b");
    }
}
