package io.framewatch.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.testkit.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Rule templates: the language, its functions, and the cases of the reference.
@Tag("conformance")
final class PrometheusTemplateTest {

    private static final long NOW_MS = 1_353_755_652_000L;
    private static final String URL = "http://testhost:9090/path/prefix";

    private static final Map<String, Object> DATA =
            Map.of(
                    "Labels",
                    new StringMap(Map.of("camera", "cam-1", "site", "north")),
                    "Value",
                    0.25,
                    "Cameras",
                    List.of("a", "b", "c"));

    private static List<QuerySample> query(String expr) {
        if (expr.equals("none")) {
            return List.of();
        }
        return List.of(
                new QuerySample(new StringMap(Map.of("instance", "b")), 21.0),
                new QuerySample(new StringMap(Map.of("instance", "a")), 11.0));
    }

    private static Functions functions() {
        return PrometheusFunctions.of(PrometheusTemplateTest::query, URL, NOW_MS);
    }

    private static String render(String text) {
        return Template.parse(text, PrometheusFunctions.NAMES).render(DATA, functions());
    }

    @Test
    void theCasesOfTheReferenceHold() throws Exception {
        Path file = Conformance.folder("facts").resolve("template-cases.yaml");
        Assumptions.assumeTrue(Files.exists(file), "skipped: conformance data absent");
        Load load = new Load(LoadSettings.builder().build());
        Map<?, ?> all = (Map<?, ?>) load.loadFromString(Files.readString(file));
        List<String> wrong = new ArrayList<>();
        List<?> cases = Objects.requireNonNull((List<?>) all.get("prometheus"));
        for (Object each : cases) {
            Map<?, ?> one = (Map<?, ?>) each;
            String text = String.valueOf(one.get("text"));
            String wanted =
                    Boolean.TRUE.equals(one.get("fails"))
                            ? "fails"
                            : String.valueOf(one.get("output"));
            String got;
            try {
                Template template = Template.parse(text, PrometheusFunctions.NAMES);
                got = template.render(null, functions());
            } catch (TemplateException e) {
                got = "fails";
            }
            if (!got.equals(wanted)) {
                wrong.add(text + " gives " + got + ", not " + wanted);
            }
        }
        assertThat(cases).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    @Test
    void actionsBranchAndRepeat() {
        assertThat(render("{{if gt .Value 0.2}}high{{else if eq 1 1}}x{{else}}low{{end}}"))
                .isEqualTo("high");
        assertThat(render("{{range $i, $c := .Cameras}}{{if $i}}, {{end}}{{$c}}{{end}}"))
                .isEqualTo("a, b, c");
        assertThat(
                        render(
                                "{{range .Cameras}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}"
                                        + "{{if eq . \"c\"}}{{break}}{{end}}{{end}}"))
                .isEqualTo("ac");
        assertThat(render("{{range query \"none\"}}x{{else}}nothing{{end}}")).isEqualTo("nothing");
        assertThat(render("{{with .Labels.camera}}{{.}} at {{$.Labels.site}}{{end}}"))
                .isEqualTo("cam-1 at north");
        assertThat(render("{{with .Labels.absent}}x{{else}}none{{end}}")).isEqualTo("none");
        assertThat(render("a {{- /* note */ -}} b")).isEqualTo("ab");
        assertThat(render("{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}")).isEqualTo("2");
        assertThat(render("{{and 1 0}}{{or 0 3}}{{not true}}{{len .Cameras}}"))
                .isEqualTo("03false3");
        assertThat(render("{{block \"b\" .Value}}<{{.}}>{{end}}")).isEqualTo("<0.25>");
    }

    @Test
    void queriesAnswerInsideTemplates() {
        assertThat(render("{{ with query \"up\" }}{{ . | first | value }}{{ end }}"))
                .isEqualTo("21");
        assertThat(
                        render(
                                "{{range sortByLabel \"instance\" (query \"up\")}}"
                                        + "{{.Labels.instance}}={{.Value}} {{end}}"))
                .isEqualTo("a=11 b=21 ");
        assertThat(render("{{ query \"up\" | first | label \"instance\" }}")).isEqualTo("b");
        assertThatThrownBy(() -> render("{{ query \"none\" | first }}"))
                .hasMessageContaining("no elements");
    }

    @Test
    void numbersReadAsPrometheusWritesThem() {
        assertThat(render("{{ 1048576.0 }} {{ 0.1 }} {{ 123456.0 }} {{ 0.00001 }}"))
                .isEqualTo("1.048576e+06 0.1 123456 1e-05");
        assertThat(render("{{ humanize 1234567.0 }} {{ humanize 0.00123 }} {{ humanize 0.0 }}"))
                .isEqualTo("1.235M 1.23m 0");
        assertThat(render("{{ humanize1024 1048576.0 }} {{ humanize1024 \"2048\" }}"))
                .isEqualTo("1Mi 2ki");
        assertThat(
                        render(
                                "{{ humanizeDuration 0 }} {{ humanizeDuration 1.5 }}"
                                        + " {{ humanizeDuration 0.25 }} {{ humanizeDuration 3661 }}"
                                        + " {{ humanizeDuration -90061 }}"))
                .isEqualTo("0s 1.5s 250ms 1h 1m 1s -1d 1h 1m 1s");
        assertThat(
                        render(
                                "{{ printf \"%5.1f|%-4d|%04d|%q|%s|%v|%+d|%x\" 2.25 7 7 \"a\" \"b\" 1.5"
                                        + " 3 255}}"))
                .isEqualTo("  2.2|7   |0007|\"a\"|b|1.5|+3|ff");
        assertThat(render("{{ printf \"%d\" 1.5 }}{{ printf \"%s\" }}"))
                .isEqualTo("%!d(float64=1.5)%!s(MISSING)");
    }

    @Test
    void whatDoesNotFitIsToldWithItsLine() {
        assertThatThrownBy(() -> render("a\n{{ nope }}"))
                .hasMessage("line 2: function \"nope\" not defined");
        assertThatThrownBy(() -> render("{{ $x }}")).hasMessage("line 1: undefined variable $x");
        assertThatThrownBy(() -> render("{{ if true }}x")).hasMessageContaining("not closed");
        assertThatThrownBy(() -> render("{{ end }}")).hasMessageContaining("unexpected {{end}}");
        assertThatThrownBy(() -> render("{{ \"x }}")).hasMessageContaining("not closed");
        assertThatThrownBy(() -> render("{{ template \"none\" }}"))
                .hasMessage("template \"none\" not defined");
        assertThatThrownBy(() -> render("{{ match \"(\" \"x\" }}"))
                .hasMessageContaining("error calling match");
    }

    @Test
    void nothingRunsForever() {
        assertThatThrownBy(
                        () -> render("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}"))
                .hasMessageContaining("deep");
        assertThatThrownBy(() ->
                        render(
                                "{{range 90000}}{{range 90000}}{{range 90000}}x{{end}}"
                                        + "{{end}}{{end}}"))
                .hasMessageContaining("more than");
        assertThatThrownBy(() -> render("{{range 1000}}{{printf \"%9000d\" 1}}{{end}}"))
                .hasMessageContaining("characters");
        assertThatThrownBy(() -> render("{{" + "(".repeat(500) + "1"))
                .isInstanceOf(TemplateException.class);
    }
}
