package io.framewatch.query.logql;

import io.framewatch.model.Matcher;
import io.framewatch.query.logql.stage.IpRange;
import io.framewatch.query.logql.stage.LabelFilter;
import io.framewatch.query.logql.stage.LabelFilter.Comparison;
import io.framewatch.query.logql.stage.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads `a="b" and (c > 5 or d <= 2s), e!~"f"`; `and` binds tighter than `or`, a comma is `and`.
final class LabelFilterParser {

    private static final Map<String, Comparison> COMPARISONS = new LinkedHashMap<>();

    static {
        COMPARISONS.put(">=", Comparison.GREATER_OR_EQUAL);
        COMPARISONS.put("<=", Comparison.LESS_OR_EQUAL);
        COMPARISONS.put("==", Comparison.EQUAL);
        COMPARISONS.put("!=", Comparison.NOT_EQUAL);
        COMPARISONS.put(">", Comparison.GREATER);
        COMPARISONS.put("<", Comparison.LESS);
        COMPARISONS.put("=", Comparison.EQUAL);
    }

    private final Cursor in;

    LabelFilterParser(Cursor in) {
        this.in = in;
    }

    LabelFilter filter() {
        List<LabelFilter> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (in.takeWord("or"));
        return parts.size() == 1 ? parts.getFirst() : new LabelFilter.Or(List.copyOf(parts));
    }

    private LabelFilter all() {
        List<LabelFilter> parts = new ArrayList<>();
        parts.add(one());
        while (true) {
            boolean joined = in.takeWord("and") || in.take(",");
            boolean follows =
                    in.sees("(") || !in.peekWord().isEmpty() && !in.peekWord().equals("or");
            if (!joined && !follows || isClauseEnd()) {
                break;
            }
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new LabelFilter.And(List.copyOf(parts));
    }

    /// `offset`, `by` and `without` may follow a pipeline; they are no labels there unless
    /// compared.
    private boolean isClauseEnd() {
        return switch (in.peekWord()) {
            case "offset", "by", "without" -> true;
            default -> false;
        };
    }

    private LabelFilter one() {
        if (in.take("(")) {
            LabelFilter inner = filter();
            in.expect(")");
            return inner;
        }
        String name = in.word();
        int opAt = in.position();
        if (in.sees("=~") || in.sees("!~")) {
            return new LabelFilter.Text(Matcher.of(PipelineParser.matchOp(in), name, in.string()));
        }
        Comparison comparison = comparison();
        if (in.seesString()) {
            String text = in.string();
            return switch (comparison) {
                case EQUAL -> new LabelFilter.Text(Matcher.equal(name, text));
                case NOT_EQUAL ->
                        new LabelFilter.Text(Matcher.of(Matcher.Op.NOT_EQUAL, name, text));
                case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                        throw in.fault("a text is compared with =, !=, =~ or !~", opAt);
            };
        }
        if (in.peekWord().equals("ip")) {
            in.word();
            in.expect("(");
            LabelFilter ip =
                    new LabelFilter.Ip(
                            name, IpRange.parse(in.string()), comparison == Comparison.NOT_EQUAL);
            in.expect(")");
            return ip;
        }
        return number(name, comparison);
    }

    private Comparison comparison() {
        for (Map.Entry<String, Comparison> op : COMPARISONS.entrySet()) {
            if (in.take(op.getKey())) {
                return op.getValue();
            }
        }
        throw in.fault("expected a comparison");
    }

    private LabelFilter number(String name, Comparison comparison) {
        int start = in.position();
        String word = in.quantity();
        for (Quantity unit : Quantity.values()) {
            OptionalDouble value = unit.parse(word);
            if (value.isPresent()) {
                return new LabelFilter.Amount(name, comparison, value.getAsDouble(), unit);
            }
        }
        throw in.fault("\"" + word + "\" is no number, duration or size", start);
    }
}
