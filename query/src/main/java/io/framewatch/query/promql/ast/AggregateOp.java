package io.framewatch.query.promql.ast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The aggregation operators.
public enum AggregateOp {
    AVG,
    BOTTOMK,
    COUNT,
    COUNT_VALUES,
    GROUP,
    LIMITK,
    LIMIT_RATIO,
    MAX,
    MIN,
    QUANTILE,
    STDDEV,
    STDVAR,
    SUM,
    TOPK;

    /// As written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The operator of that word in any case, or null.
    public static @Nullable AggregateOp find(String word) {
        for (AggregateOp op : values()) {
            if (op.name().equalsIgnoreCase(word)) {
                return op;
            }
        }
        return null;
    }

    /// The type of its parameter, or null if it takes none.
    public @Nullable ValueType parameter() {
        return switch (this) {
            case BOTTOMK, TOPK, LIMITK, LIMIT_RATIO, QUANTILE -> ValueType.SCALAR;
            case COUNT_VALUES -> ValueType.STRING;
            case AVG, COUNT, GROUP, MAX, MIN, STDDEV, STDVAR, SUM -> null;
        };
    }

    /// Whether it picks some of its input series instead of computing new ones.
    public boolean selects() {
        return this == TOPK || this == BOTTOMK || this == LIMITK || this == LIMIT_RATIO;
    }
}
