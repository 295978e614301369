package io.framewatch.query.promql.print;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.At;
import io.framewatch.query.promql.ast.DurationExpr;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Expr.NumberLiteral;
import io.framewatch.query.promql.ast.Expr.Paren;
import io.framewatch.query.promql.ast.Expr.StringLiteral;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.ast.Expr.Unary;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.ast.FunctionSignature;
import io.framewatch.query.promql.ast.ValueType;
import io.framewatch.query.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Describes a tree as `/api/v1/parse_query` answers it: nested maps and lists of strings, numbers,
/// booleans and null, ready for any JSON writer.
public final class ExprJson {

    private ExprJson() {}

    /// The description of `expr`.
    public static Map<String, @Nullable Object> describe(Expr expr) {
        return switch (expr) {
            case NumberLiteral n -> typed("numberLiteral", "val", FloatFormat.plain(n.value()));
            case StringLiteral s -> typed("stringLiteral", "val", s.value());
            case VectorSelector s -> selector("vectorSelector", s);
            case MatrixSelector m -> {
                Map<String, @Nullable Object> json = selector("matrixSelector", m.selector());
                duration(json, "range", m.range());
                yield json;
            }
            case Subquery s -> subquery(s);
            case Call c -> call(c);
            case Aggregate a -> aggregate(a);
            case Binary b -> binary(b);
            case Unary u -> {
                Map<String, @Nullable Object> json =
                        typed("unaryExpr", "op", u.minus() ? "-" : "+");
                json.put("expr", describe(u.inner()));
                yield json;
            }
            case Paren p -> typed("parenExpr", "expr", describe(p.inner()));
        };
    }

    private static Map<String, @Nullable Object> typed(String type, String name, Object value) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put(name, value);
        return json;
    }

    private static Map<String, @Nullable Object> selector(String type, VectorSelector selector) {
        Map<String, @Nullable Object> json = typed(type, "name", selector.name());
        json.put("matchers", matchers(selector.matchers()));
        duration(json, "offset", selector.offset());
        at(json, selector.at());
        if (selector.mode() != Mode.PLAIN) {
            json.put("anchored", selector.mode() == Mode.ANCHORED);
            json.put("smoothed", selector.mode() == Mode.SMOOTHED);
        }
        return json;
    }

    private static List<Map<String, String>> matchers(List<Matcher> matchers) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Matcher matcher : matchers) {
            Map<String, String> json = new LinkedHashMap<>();
            json.put("name", matcher.name());
            json.put("value", matcher.value());
            json.put("type", matcher.op().sign());
            all.add(json);
        }
        return all;
    }

    /// Milliseconds; of an expression 0, with its text under the same name and `Expr`.
    private static void duration(
            Map<String, @Nullable Object> json, String name, @Nullable DurationExpr duration) {
        switch (duration) {
            case null -> json.put(name, 0L);
            case DurationExpr.Literal literal ->
                    json.put(name, Math.round(literal.seconds() * 1000));
            default -> {
                json.put(name, 0L);
                json.put(name + "Expr", DurationPrinter.print(duration));
            }
        }
    }

    private static void at(Map<String, @Nullable Object> json, At at) {
        json.put("timestamp", at.kind() == At.Kind.TIME ? (Long) at.timestampMs() : null);
        json.put(
                "startOrEnd",
                switch (at.kind()) {
                    case START -> "start";
                    case END -> "end";
                    case NONE, TIME -> null;
                });
    }

    private static Map<String, @Nullable Object> subquery(Subquery subquery) {
        Map<String, @Nullable Object> json = typed("subquery", "expr", describe(subquery.inner()));
        duration(json, "range", subquery.range());
        duration(json, "offset", subquery.offset());
        duration(json, "step", subquery.step());
        at(json, subquery.at());
        return json;
    }

    private static Map<String, @Nullable Object> call(Call call) {
        FunctionSignature function = call.function();
        Map<String, @Nullable Object> signature = new LinkedHashMap<>();
        signature.put("name", function.name());
        signature.put("argTypes", function.arguments().stream().map(ValueType::apiName).toList());
        signature.put("variadic", function.variadic());
        signature.put("returnType", function.returns().apiName());
        Map<String, @Nullable Object> json = typed("call", "func", signature);
        json.put("args", call.arguments().stream().map(ExprJson::describe).toList());
        return json;
    }

    private static Map<String, @Nullable Object> aggregate(Aggregate aggregate) {
        Expr parameter = aggregate.parameter();
        Map<String, @Nullable Object> json = typed("aggregation", "op", aggregate.op().word());
        json.put("expr", describe(aggregate.inner()));
        json.put("param", parameter == null ? null : describe(parameter));
        json.put("grouping", aggregate.grouping());
        json.put("without", aggregate.without());
        return json;
    }

    private static Map<String, @Nullable Object> binary(Binary binary) {
        Map<String, @Nullable Object> json = typed("binaryExpr", "op", binary.op().sign());
        json.put("lhs", describe(binary.left()));
        json.put("rhs", describe(binary.right()));
        json.put("matching", matching(binary.matching()));
        json.put("bool", binary.returnBool());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> matching(
            @Nullable VectorMatching matching) {
        if (matching == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("card", matching.cardinality().words());
        json.put("labels", matching.labels());
        json.put("on", matching.on());
        json.put("include", matching.include());
        if (matching.fillLeft() != null || matching.fillRight() != null) {
            Map<String, @Nullable Object> fills = new LinkedHashMap<>();
            fills.put("lhs", matching.fillLeft());
            fills.put("rhs", matching.fillRight());
            json.put("fillValues", fills);
        }
        return json;
    }
}
