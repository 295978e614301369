package io.framewatch.text.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SectionTest {

    private final Problems problems = new Problems();

    private Section read(String text) {
        return Section.of("group", YamlFile.parse("a.yml", text, problems), problems);
    }

    private List<String> found() {
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void valuesOfEveryKind() {
        Section group =
                read(
                        """
                        name: north
                        interval: 1h30m
                        limit: 5
                        on: true
                        list: [a, 2, "c"]
                        labels: {severity: page, empty: }
                        """);
        assertThat(group.required("name")).isEqualTo("north");
        assertThat(group.duration("interval", Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
        assertThat(group.number("limit", 0, 0, 10)).isEqualTo(5);
        assertThat(group.flag("on", false)).isTrue();
        assertThat(group.texts("list")).containsExactly("a", "2", "c");
        assertThat(group.textMap("labels")).isEqualTo(Map.of("severity", "page", "empty", ""));
        assertThat(group.duration("absent", Duration.ofSeconds(1))).hasSeconds(1);
        group.finish();
        assertThat(found()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlace() {
        Section group = read("intervall: 30s\nlimit: many\nlist: text\nname: [a]\n");
        group.required("name");
        group.duration("interval", Duration.ZERO);
        group.number("limit", 0, 0, 10);
        group.list("list");
        group.finish();
        assertThat(found())
                .containsExactly(
                        "a.yml:4:7: 'name' has to be text; here is a list.",
                        "a.yml:4:7: A group needs 'name'.",
                        "a.yml:2:8: 'many' is no whole number from 0 to 10.",
                        "a.yml:3:7: 'list' has to be a list; here is text.",
                        "a.yml:1:1: A group has no 'intervall'. Did you mean 'interval'?");
        assertThatThrownBy(() -> problems.throwIfAny("rules_invalid", "Mend it."))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("a.yml:2:8");
    }

    @Test
    void anchorsAndMergeKeysResolve() {
        Section all = read("base: &b {x: 1, y: 2}\nnext: {<<: *b, y: 3}\nalias: *b\n");
        assertThat(all.textMap("next")).isEqualTo(Map.of("x", "1", "y", "3"));
        assertThat(all.textMap("alias")).isEqualTo(Map.of("x", "1", "y", "2"));
        assertThat(found()).isEmpty();
    }

    @Test
    void brokenTextRepeatedKeysAndEndlessNestingAreProblems() {
        read("a: [1, 2\nb: 3");
        assertThat(found()).singleElement().asString().startsWith("a.yml:2:");
        read("a: 1\na: 2\n");
        assertThat(found()).last().isEqualTo("a.yml:2:1: The key 'a' stands here twice.");
        read("a: &a [*a]\n");
        assertThat(found()).last().asString().contains("nested more than");
        read("a: &x [1]\nb: &y [" + "*x,".repeat(1_100) + "]\n");
        assertThat(found()).last().asString().contains("does not parse");
    }

    @Test
    void durationsReadAndPrint() {
        assertThat(Durations.parse("1d2h3m4s5ms")).isEqualTo(Duration.ofMillis(93_784_005));
        assertThat(Durations.parse("0")).isEqualTo(Duration.ZERO);
        assertThat(Durations.parse("")).isNull();
        assertThat(Durations.parse("5")).isNull();
        assertThat(Durations.parse("3m1h")).isNull();
        assertThat(Durations.parse("99999999999y")).isNull();
        assertThat(Durations.print(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(Durations.print(Duration.ZERO)).isEqualTo("0s");
        assertThat(Durations.print(Duration.ofDays(8))).isEqualTo("8d");
        assertThat(Durations.print(Duration.ofDays(14))).isEqualTo("2w");
    }
}
