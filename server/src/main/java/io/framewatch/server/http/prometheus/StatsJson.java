package io.framewatch.server.http.prometheus;

import io.framewatch.query.promql.PlanNode;
import io.framewatch.query.promql.QueryStats;
import io.framewatch.server.http.JsonOut;
import java.util.Locale;

/// Writes what a query cost: `stats` as Prometheus does, and `framewatch`, which tells how it was
/// run (`docs/formats/query-plan.md`).
final class StatsJson {

    private StatsJson() {}

    /// `,"stats":{...},"framewatch":{...}`.
    ///
    /// @param perStep whether to tell the samples of each step
    static void write(JsonOut out, QueryStats stats, boolean perStep) {
        double seconds = stats.elapsedNs() / 1e9;
        QueryStats.StepSamples counted = stats.stepSamples();
        double queued = stats.queuedNs() / 1e9;
        out.raw(",\"stats\":{\"timings\":{\"evalTotalTime\":").floatText(seconds);
        out.raw(",\"resultSortTime\":0,\"queryPreparationTime\":0,\"innerEvalTime\":");
        out.floatText(seconds).raw(",\"execQueueTime\":").floatText(queued);
        out.raw(",\"execTotalTime\":").floatText(queued + seconds);
        out.raw("},\"samples\":{\"totalQueryableSamples\":").number(counted.total());
        if (perStep) {
            out.raw(",\"totalQueryableSamplesPerStep\":[");
            perStep(out, counted);
            out.raw(']');
        }
        out.raw(",\"peakSamples\":").number(stats.peakSamples()).raw("}}");
        out.raw(",\"framewatch\":{\"seriesSelected\":").number(stats.seriesSelected());
        out.raw(",\"samplesSelected\":").number(stats.samplesSelected());
        out.raw(",\"steps\":").number(stats.steps()).raw(",\"plan\":");
        node(out, stats.plan());
        out.raw('}');
    }

    /// `[seconds, samples]` of each step.
    private static void perStep(JsonOut out, QueryStats.StepSamples counted) {
        for (int step = 0; step < counted.counts().length; step++) {
            out.raw(step == 0 ? "[" : ",[");
            out.timestamp(counted.startMs() + step * counted.stepMs());
            out.raw(',').number(counted.counts()[step]).raw(']');
        }
    }

    private static void node(JsonOut out, PlanNode node) {
        out.raw("{\"text\":").text(node.text());
        out.raw(",\"position\":").text(node.position());
        out.raw(",\"series\":").number(node.series());
        out.raw(",\"steps\":").number(node.steps());
        out.raw(",\"seconds\":").floatText(node.elapsedNs() / 1e9);
        PlanNode.Leaf leaf = node.leaf();
        if (leaf != null) {
            leaf(out, leaf);
        }
        out.raw(",\"parts\":[");
        String comma = "";
        for (PlanNode part : node.parts()) {
            out.raw(comma);
            node(out, part);
            comma = ",";
        }
        out.raw("]}");
    }

    private static void leaf(JsonOut out, PlanNode.Leaf leaf) {
        out.raw(",\"leaf\":{\"answeredBy\":").text(leaf.place().name().toLowerCase(Locale.ROOT));
        String pushed = leaf.pushed();
        if (pushed != null) {
            out.raw(",\"pushedDown\":").text(pushed);
        }
        out.raw(",\"engineSteps\":").number(leaf.engineSteps());
        out.raw(",\"series\":").number(leaf.series());
        out.raw(",\"rawSeries\":").number(leaf.rawSeries());
        out.raw(",\"samples\":").number(leaf.samples()).raw('}');
    }
}
