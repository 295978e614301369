package io.framewatch.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import org.junit.jupiter.api.Test;

class YamlMapTest {

    private final YamlProblems problems = new YamlProblems();

    private YamlMap read(String text) {
        return YamlValue.parse("a.yml", text, problems).map();
    }

    @Test
    void readsValuesWithDefaults() {
        YamlMap map = read("name: x\nport: 9090\non: yes\nevery: 1m30s\nsize: 64MB\nnone: ~\n");
        assertThat(map.required("name")).isEqualTo("x");
        assertThat(map.whole("port", 1, 1, 65535)).isEqualTo(9090);
        assertThat(map.bool("on", false)).isTrue();
        assertThat(map.durationMs("every", 0)).isEqualTo(90_000);
        assertThat(map.sizeBytes("size", 0)).isEqualTo(64L << 20);
        assertThat(map.text("none", "default")).isEqualTo("default");
        map.rejectUnknown();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void namesPlaceOfEveryProblem() {
        YamlMap map = read("prot: 1\nport: lots\nname: []\nport: 2\n");
        map.whole("port", 1, 1, 65535);
        map.required("name");
        map.required("missing");
        map.rejectUnknown();
        assertThat(problems.all())
                .extracting(YamlProblem::toString)
                .containsExactly(
                        "a.yml:4:1: the key `port` stands here twice",
                        "a.yml:3:7: expected a text, found a list",
                        "a.yml:1:1: `missing` is missing",
                        "a.yml:1:1: unknown key `prot`; did you mean `port`?");
    }

    @Test
    void reportsSyntaxWithItsPlace() {
        read("a: [1, 2\nb: 3\n");
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().getFirst().toString()).startsWith("a.yml:2:");
        assertThatThrownBy(() -> problems.throwIfAny("config_invalid"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("1 problem")
                .hasMessageContaining("not valid YAML");
    }

    @Test
    void mergesMapsAndEndsCircles() {
        YamlMap map = read("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\n");
        YamlMap use = map.map("use");
        assertThat(use.text("x", "")).isEqualTo("1");
        assertThat(use.text("y", "")).isEqualTo("3");
    }

    @Test
    void emptyTextIsAnEmptyMap() {
        assertThat(read("").keys()).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }
}
