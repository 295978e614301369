package io.framewatch.query.promql.eval;

import io.framewatch.query.promql.PlanNode;
import io.framewatch.query.promql.ast.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes down how a query is run, part by part. Not thread safe.
public final class PlanRecorder {

    /// Parts beyond these are left out; a query as long as that is not read by anybody.
    private static final int NODES_MAX = 1_000;

    private static final int TEXT_MAX = 200;

    private final String query;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable PlanNode last;
    private int nodes;

    private static final class Open {
        final Span span;
        final int steps;
        final long startNs;
        final List<PlanNode> parts = new ArrayList<>();
        PlanNode.@Nullable Leaf leaf;

        Open(Span span, int steps, long startNs) {
            this.span = span;
            this.steps = steps;
            this.startNs = startNs;
        }
    }

    PlanRecorder(String query) {
        this.query = query;
    }

    /// A part begins; to be followed by [#end].
    void begin(Span span, int steps, long nowNs) {
        open.push(new Open(span, steps, nowNs));
    }

    /// The part begun last has ended with `series` series.
    void end(int series, long nowNs) {
        Open ended = open.pop();
        PlanNode node =
                new PlanNode(
                        text(ended.span),
                        ended.span.position(query),
                        series,
                        ended.steps,
                        nowNs - ended.startNs,
                        ended.leaf,
                        List.copyOf(ended.parts));
        Open around = open.peek();
        if (around != null && nodes++ < NODES_MAX) {
            around.parts.add(node);
        }
        last = node;
    }

    /// Tells how the samples of the part begun last are read; told twice, both count.
    void leaf(PlanNode.Leaf leaf) {
        Open reading = open.peek();
        if (reading == null) {
            return;
        }
        PlanNode.Leaf before = reading.leaf;
        reading.leaf =
                before == null
                        ? leaf
                        : new PlanNode.Leaf(
                                leaf.place() == before.place()
                                        ? leaf.place()
                                        : PlanNode.Place.SPLIT,
                                leaf.pushed() == null ? before.pushed() : leaf.pushed(),
                                Math.max(before.engineSteps(), leaf.engineSteps()),
                                before.series() + leaf.series(),
                                before.rawSeries() + leaf.rawSeries(),
                                before.samples() + leaf.samples());
    }

    private String text(Span span) {
        int end = Math.min(span.end(), query.length());
        int start = Math.min(span.start(), end);
        return end - start <= TEXT_MAX
                ? query.substring(start, end)
                : query.substring(start, start + TEXT_MAX) + "...";
    }

    /// The whole, once it has ended.
    public PlanNode plan() {
        return last == null ? new PlanNode(query, "1:1", 0, 0, 0, null, List.of()) : last;
    }
}
