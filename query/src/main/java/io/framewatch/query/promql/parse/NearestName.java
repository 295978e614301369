package io.framewatch.query.promql.parse;

import io.framewatch.model.yaml.NearestWord;
import io.framewatch.query.promql.ast.AggregateOp;
import io.framewatch.query.promql.ast.FunctionSignature;
import io.framewatch.query.promql.ast.Functions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses which function somebody meant.
final class NearestName {

    private static final int DISTANCE_MAX = 3;

    private NearestName() {}

    /// The function or aggregation whose name is nearest to `name`, or null if none is near. Of
    /// names equally near, the one that begins alike: who writes `rat` means `rate`, not `rad`.
    static @Nullable String of(String name) {
        List<String> known = new ArrayList<>();
        for (FunctionSignature function : Functions.all()) {
            known.add(function.name());
        }
        for (AggregateOp op : AggregateOp.values()) {
            known.add(op.word());
        }
        int distanceMax = Math.min(DISTANCE_MAX, Math.max(1, name.length() / 2));
        return NearestWord.of(name, known, distanceMax);
    }
}
