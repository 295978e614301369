package io.framewatch.respond.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.FaultException;
import io.framewatch.model.Matcher;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.testkit.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
final class MatcherParserTest {

    private static String parsed(String input, boolean single) {
        try {
            List<Matcher> matchers =
                    single ? List.of(MatcherParser.single(input)) : MatcherParser.list(input);
            return matchers.toString();
        } catch (FaultException e) {
            return "invalid";
        }
    }

    private static String expected(YamlMap one) {
        if (!one.bool("valid", false)) {
            return "invalid";
        }
        List<String> matchers = new ArrayList<>();
        for (YamlValue each : one.list("matchers")) {
            YamlMap map = each.map();
            for (Matcher.Op op : Matcher.Op.values()) {
                if (op.sign().equals(map.text("op", ""))) {
                    matchers.add(
                            Matcher.of(op, map.text("name", ""), map.text("value", "")).toString());
                }
            }
        }
        return matchers.toString();
    }

    @Test
    void theCasesOfTheReferenceHold() throws Exception {
        Path file = Conformance.folder("facts").resolve("alertmanager-matchers-cases.yaml");
        Assumptions.assumeTrue(Files.exists(file), "skipped: conformance data absent");
        YamlProblems problems = new YamlProblems();
        YamlMap all = YamlValue.parse("cases", Files.readString(file), problems).map();
        List<String> wrong = new ArrayList<>();
        List<YamlValue> cases = all.list("cases");
        for (YamlValue each : cases) {
            YamlMap one = each.map();
            String input = one.text("input", "");
            String got = parsed(input, one.text("parser", "list").equals("single"));
            if (!got.equals(expected(one))) {
                wrong.add(input + " gives " + got + ", not " + expected(one));
            }
        }
        assertThat(problems.all()).isEmpty();
        assertThat(cases).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    @Test
    void spacesAreAllowedBetweenPieces() {
        assertThat(MatcherParser.list(" { team = \"video\" , site !~ \"a|b\" , } ").toString())
                .isEqualTo("[team=\"video\", site!~\"a|b\"]");
    }
}
