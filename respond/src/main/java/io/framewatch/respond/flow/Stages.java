package io.framewatch.respond.flow;

import java.util.List;

/// Stages one after the other, until one leaves no alert.
public final class Stages implements Stage {

    private final List<Stage> stages;

    private Stages(List<Stage> stages) {
        this.stages = stages;
    }

    /// The stages in the order given.
    public static Stages inOrder(Stage... stages) {
        return new Stages(List.of(stages));
    }

    @Override
    public Flush apply(Flush flush) {
        Flush left = flush;
        for (Stage stage : stages) {
            if (left.alerts().isEmpty()) {
                return left;
            }
            left = stage.apply(left);
        }
        return left;
    }
}
