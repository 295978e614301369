package io.framewatch.server.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.framewatch.model.FaultException;
import io.framewatch.testkit.Conformance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ExchangeTest {

    private static final Exchange.Source METRICS =
            new Exchange.Source("framewatch", "prometheus", "Framewatch");

    private static ObjectNode json(String text) {
        return BoardJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode imported(String text, Map<String, String> values) {
        return Exchange.imported(json(text), values, List.of(METRICS), 10_000);
    }

    private static final String EXPORT =
            "{'__inputs':[{'name':'DS_PROM','type':'datasource','pluginId':'prometheus'},"
                    + "{'name':'VAR_JOB','type':'constant','value':'node'}],'__requires':[],"
                    + "'__elements':{'lib':{'model':{'type':'stat','title':'Shared'}}},"
                    + "'title':'x','panels':[{'id':7,'gridPos':{'w':3},"
                    + "'libraryPanel':{'uid':'lib'}},{'id':1,'datasource':{'uid':'${DS_PROM}'},"
                    + "'expr':'up{job=~\\'${VAR_JOB}\\'} ${other}'}]}";

    @Test
    void inputsAreFilledAndLibraryPanelsPutInPlace() {
        assertThat(imported(EXPORT.replace("\\'", "."), Map.of()))
                .isEqualTo(
                        json(
                                "{'title':'x','panels':[{'type':'stat','title':'Shared','id':7,"
                                        + "'gridPos':{'w':3}},{'id':1,"
                                        + "'datasource':{'uid':'framewatch'},"
                                        + "'expr':'up{job=~.node.} ${other}'}]}"));
        assertThat(imported(EXPORT.replace("\\'", "."), Map.of("DS_PROM", "mimir")).toString())
                .contains("\"uid\":\"mimir\"");
    }

    @Test
    void inputsThatNothingFillsAreNamed() {
        String text =
                "{'__inputs':[{'name':'DS_ES','type':'datasource','pluginId':'elastic'}],"
                        + "'title':'x','panels':[]}";
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> imported(text, Map.of()))
                .satisfies(e -> assertThat(e.fault().code()).isEqualTo("import_inputs"))
                .withMessageContaining("DS_ES (elastic)");
    }

    @Test
    void fillingInDoesNotBlowUp() {
        String many = "'" + "${A}".repeat(500) + "'";
        String text =
                "{'__inputs':[{'name':'A','type':'constant','value':'"
                        + "x".repeat(500)
                        + "'}],"
                        + "'title':'x','panels':["
                        + many
                        + "]}";
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> imported(text, Map.of()))
                .satisfies(e -> assertThat(e.fault().code()).isEqualTo("dashboard_too_large"));
        String panels = "{'libraryPanel':{'uid':'l'}},".repeat(500);
        String elements =
                "{'__elements':{'l':{'model':{'title':'"
                        + "y".repeat(500)
                        + "'}}},'title':'x',"
                        + "'panels':["
                        + panels
                        + "{}]}";
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> imported(elements, Map.of()))
                .satisfies(e -> assertThat(e.fault().code()).isEqualTo("dashboard_too_large"));
    }

    @Test
    void whatIsSharedCanBeImportedAgain() {
        String text =
                "{'uid':'a','title':'x','panels':[{'id':1,'type':'stat',"
                        + "'datasource':{'type':'prometheus','uid':'framewatch'}},"
                        + "{'id':2,'type':'row','panels':[{'id':3,'type':'table',"
                        + "'datasource':{'uid':'$ds'}}]}]}";
        ObjectNode shared = Exchange.shared(json(text), List.of(METRICS));
        assertThat(shared.path("__inputs").path(0).path("name").asString())
                .isEqualTo("DS_FRAMEWATCH");
        assertThat(shared.path("__requires").toString()).contains("stat", "table", "prometheus");
        ObjectNode back = Exchange.imported(shared, Map.of(), List.of(METRICS), 10_000);
        back.remove("id");
        assertThat(back).isEqualTo(json(text));
    }

    @Test
    @Tag("conformance")
    void wellKnownDashboardsAreTaken() throws IOException {
        List<Path> files = Conformance.files("rfmoz-dashboards", "json");
        assumeThat(files).as("rfmoz-dashboards is absent").isNotEmpty();
        for (Path file : files) {
            ObjectNode board = BoardJson.unwrapped(BoardJson.read(Files.readAllBytes(file)));
            ObjectNode whole = Exchange.imported(board, Map.of(), List.of(METRICS), 5 << 20);
            assertThat(whole.toString()).as("%s", file).doesNotContain("${DS_", "__inputs");
            assertThat(whole.path("panels").isEmpty()).isFalse();
        }
    }
}
