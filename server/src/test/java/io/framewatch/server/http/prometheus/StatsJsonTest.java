package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.query.promql.PlanNode;
import io.framewatch.query.promql.QueryStats;
import io.framewatch.server.http.JsonOut;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatsJsonTest {

    @Test
    void costsAsPrometheusTellsThemAndThePlanBeside() {
        PlanNode leaf =
                new PlanNode(
                        "rate(x[5m])",
                        "1:5",
                        2,
                        61,
                        500_000_000,
                        new PlanNode.Leaf(PlanNode.Place.SPLIT, "rate", 40, 2, 1, 480),
                        List.of());
        PlanNode whole =
                new PlanNode("sum(rate(x[5m]))", "1:1", 1, 61, 750_000_000, null, List.of(leaf));
        JsonOut out = new JsonOut();
        QueryStats.StepSamples counted =
                new QueryStats.StepSamples(10_000, 500, new long[] {400, 80});
        StatsJson.write(
                out,
                new QueryStats(2, 470, 99, counted, 61, 1_000_000_000, 250_000_000, whole),
                true);
        assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        ",\"stats\":{\"timings\":{\"evalTotalTime\":1,\"resultSortTime\":0,"
                                + "\"queryPreparationTime\":0,\"innerEvalTime\":1,"
                                + "\"execQueueTime\":0.25,\"execTotalTime\":1.25},"
                                + "\"samples\":{\"totalQueryableSamples\":480,"
                                + "\"totalQueryableSamplesPerStep\":[[10,400],[10.500,80]],"
                                + "\"peakSamples\":99}},"
                                + "\"framewatch\":{\"seriesSelected\":2,\"samplesSelected\":470,"
                                + "\"steps\":61,\"plan\":"
                                + "{\"text\":\"sum(rate(x[5m]))\",\"position\":\"1:1\","
                                + "\"series\":1,\"steps\":61,\"seconds\":0.75,\"parts\":["
                                + "{\"text\":\"rate(x[5m])\",\"position\":\"1:5\",\"series\":2,"
                                + "\"steps\":61,\"seconds\":0.5,\"leaf\":{\"answeredBy\":\"split\","
                                + "\"pushedDown\":\"rate\",\"engineSteps\":40,\"series\":2,"
                                + "\"rawSeries\":1,\"samples\":480},\"parts\":[]}]}}");
    }
}
