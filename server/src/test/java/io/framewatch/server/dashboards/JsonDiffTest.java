package io.framewatch.server.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class JsonDiffTest {

    private static ObjectNode json(String text) {
        return BoardJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> changes(String before, String after) {
        return JsonDiff.between(json(before), json(after)).changes().stream()
                .map(JsonDiff.Change::text)
                .toList();
    }

    @Test
    void theSameHasNoChanges() {
        assertThat(changes("{'a':1,'version':1}", "{'a':1,'version':2,'id':7}")).isEmpty();
    }

    @Test
    void valuesAreToldWithTheirPlace() {
        assertThat(changes("{'time':{'from':'now-6h'},'x':1}", "{'time':{'from':'now-1h'},'y':2}"))
                .containsExactly(
                        "time.from: \"now-6h\" -> \"now-1h\"", "x: removed 1", "y: added 2");
    }

    @Test
    void panelsAreToldApartByTheirId() {
        String before = "{'panels':[{'id':1,'title':'A'},{'id':2,'title':'B'},{'id':3}]}";
        String after =
                "{'panels':[{'id':3},{'id':1,'title':'A'},{'id':4,'title':'D'},"
                        + "{'id':2,'title':'C'}]}";
        assertThat(changes(before, after))
                .containsExactly(
                        "panels[\"B\" #2].title: \"B\" -> \"C\"",
                        "panels[#3]: moved from place 3 to 1",
                        "panels[\"D\" #4]: added {\"id\":4,\"title\":\"D\"}");
    }

    @Test
    void variablesAreToldApartByNameAndQueriesByRefId() {
        assertThat(
                        changes(
                                "{'templating':{'list':[{'name':'job','multi':false}]}}",
                                "{'templating':{'list':[{'name':'job','multi':true}]}}"))
                .containsExactly("templating.list[\"job\"].multi: false -> true");
        assertThat(
                        changes(
                                "{'panels':[{'id':1,'targets':[{'refId':'A','expr':'up'}]}]}",
                                "{'panels':[{'id':1,'targets':[{'refId':'A','expr':'x'}]}]}"))
                .containsExactly("panels[#1].targets[\"A\"].expr: \"up\" -> \"x\"");
    }

    @Test
    void panelsWithTheSameIdAreToldByPlace() {
        assertThat(changes("{'panels':[{'id':1},{'id':1}]}", "{'panels':[{'id':1},{'id':2}]}"))
                .containsExactly("panels[1].id: 1 -> 2");
    }

    @Test
    void manyChangesAreCut() {
        ObjectNode before = BoardJson.object();
        ObjectNode after = BoardJson.object();
        ArrayNode list = after.putArray("panels");
        for (int i = 0; i < 1_500; i++) {
            list.addObject().put("id", i).put("title", "x".repeat(400));
        }
        before.putArray("panels");
        JsonDiff.Result result = JsonDiff.between(before, after);
        assertThat(result.changes()).hasSize(JsonDiff.CHANGES_MAX);
        assertThat(result.more()).isEqualTo(500);
        assertThat(result.changes().getFirst().after()).hasSize(203);
    }
}
