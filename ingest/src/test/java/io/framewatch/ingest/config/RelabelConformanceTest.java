package io.framewatch.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.ingest.relabel.Relabel;
import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.testkit.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// What relabelling does to label sets, and which rules are refused.
@Tag("conformance")
final class RelabelConformanceTest {

    private static final Path FILE = Conformance.folder("facts/relabel-cases.yaml");

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        List<YamlValue> cases = top().list("cases");
        return IntStream.range(0, cases.size())
                .mapToObj(i ->
                        DynamicTest.dynamicTest(
                                "case " + i + ", line " + cases.get(i).line(),
                                () -> checkCase(cases.get(i))));
    }

    private static void checkCase(YamlValue value) {
        YamlMap map = value.map();
        YamlProblems problems = new YamlProblems();
        Source source = new Source(FILE, Path.of(""), problems, _ -> null);
        List<RelabelRule> rules =
                RelabelSection.read(new Section(source, value), "relabel_configs", "rule");
        assertThat(problems.all()).isEmpty();
        Labels out = Relabel.apply(Labels.of(map.textMap("input")), rules);
        if (map.bool("dropped", false)) {
            assertThat(out).isNull();
        } else {
            assertThat(out).isEqualTo(Labels.of(map.textMap("output")));
        }
    }

    @TestFactory
    Stream<DynamicTest> validity() throws IOException {
        return top().list("validate").stream()
                .map(value ->
                        DynamicTest.dynamicTest(
                                "line " + value.line(), () -> checkValidity(value.map())));
    }

    private static void checkValidity(YamlMap test) {
        StringBuilder yaml = new StringBuilder("relabel_configs:\n- {");
        YamlMap config = test.map("config");
        for (String key : config.keys()) {
            YamlValue value = config.find(key);
            if (value == null || value.isMap() || key.equals("name_validation_scheme")) {
                continue;
            }
            String text = value.isList() ? value.list().getFirst().text() : value.text();
            String quoted = "'" + text + "'";
            yaml.append(key).append(": ").append(value.isList() ? "[" + quoted + "]" : quoted);
            yaml.append(", ");
        }
        yaml.append("}\n");
        YamlProblems problems = new YamlProblems();
        Source source = new Source(FILE, Path.of(""), problems, _ -> null);
        RelabelSection.read(source.top(yaml.toString()), "relabel_configs", "rule");
        assertThat(problems.isEmpty())
                .as(yaml + "" + problems.all())
                .isEqualTo(test.bool("valid", true));
    }

    private static YamlMap top() throws IOException {
        assumeTrue(Files.exists(FILE), "skipped: conformance data absent");
        return YamlValue.parse(FILE.toString(), Files.readString(FILE), new YamlProblems()).map();
    }
}
