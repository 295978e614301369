package io.framewatch.query.promql.print;

import java.util.List;
import java.util.Random;

/// Makes valid queries of random shape from a seed.
final class QueryGenerator {

    private static final List<String> NAMES =
            List.of("up", "http_requests_total", "a:b", "sum", "offset", "fill", "by", "start");
    private static final List<String> STRINGS =
            List.of("\"x\"", "`raw\\`", "\"tab\\t\\\"quote\\\"\"", "\"\u00e4\u4e16\"", "\"\\xff\"");
    private static final List<String> RANGES =
            List.of(
                    "5m",
                    "1h30m",
                    "90",
                    "0x10",
                    "step()",
                    "2m*(1+1)",
                    "max_of(step(), 5s)",
                    "1w2d3h4m5s6ms");
    private static final List<String> OFFSETS =
            List.of(
                    "",
                    " offset 5m",
                    " offset -1h",
                    " @ 12.5",
                    " @ start()",
                    " @ end() offset 3",
                    " offset (1m+step())");
    private static final List<String> ARITHMETIC =
            List.of("+", "-", "*", "/", "%", "^", "atan2", "==", "!= bool", "> bool", "</", ">/");
    private static final List<String> MATCHING =
            List.of(
                    "",
                    " on (a)",
                    " ignoring (b, \"c d\")",
                    " on (a) group_left ()",
                    " ignoring (x) group_right (y, z)",
                    " fill (0)",
                    " on (q) fill_left (-1) fill_right (Inf)");
    private static final List<String> AGGREGATES =
            List.of("sum", "avg", "count", "min", "max", "group", "stddev", "stdvar");
    private static final List<String> OVER_TIME =
            List.of("rate", "increase", "sum_over_time", "last_over_time", "deriv", "changes");

    private static final List<String> PATTERNS = List.of("\"x.*\"", "`a|b\\.c`", "'\\\\d+'");

    private final Random random;

    QueryGenerator(long seed) {
        this.random = new Random(seed);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// A query that gives a vector.
    String vector(int depth) {
        if (depth <= 0) {
            return selector() + one(OFFSETS);
        }
        int inner = depth - 1;
        return switch (random.nextInt(9)) {
            case 0 -> one(AGGREGATES) + grouping() + "(" + vector(inner) + ")";
            case 1 -> "topk(" + scalar(inner) + ", " + vector(inner) + ")" + grouping();
            case 2 ->
                    one(OVER_TIME)
                            + "("
                            + selector()
                            + "["
                            + one(RANGES)
                            + "]"
                            + one(OFFSETS)
                            + ")";
            case 3 ->
                    one(OVER_TIME)
                            + "(("
                            + vector(inner)
                            + ")["
                            + one(RANGES)
                            + ":"
                            + one(List.of("", "1m", "step()"))
                            + "])";
            case 4 ->
                    "("
                            + vector(inner)
                            + ") "
                            + one(ARITHMETIC)
                            + one(MATCHING)
                            + " ("
                            + vector(inner)
                            + ")";
            case 5 ->
                    "("
                            + vector(inner)
                            + ") "
                            + one(List.of("and", "or on (a)", "unless ignoring ()"))
                            + " "
                            + vector(inner);
            case 6 -> "-" + vector(inner);
            case 7 ->
                    "label_replace("
                            + vector(inner)
                            + ", \"a\", "
                            + one(STRINGS)
                            + ", \"b\", \"(.*)\")";
            default -> vector(inner) + " " + one(List.of("+", "*", "^", "<")) + " " + scalar(inner);
        };
    }

    private String scalar(int depth) {
        return switch (random.nextInt(depth <= 0 ? 4 : 6)) {
            case 0 -> String.valueOf(random.nextInt(1000));
            case 1 -> one(List.of("1.5e-3", "Inf", "NaN", "0x1F", "1e30", "5m"));
            case 2 -> "time()";
            case 3 -> "-" + random.nextInt(9);
            case 4 -> "scalar(" + vector(depth - 1) + ")";
            default -> "(" + scalar(depth - 1) + " / " + scalar(depth - 1) + ")";
        };
    }

    private String grouping() {
        return one(
                List.of(
                        "",
                        " by (a)",
                        " without (a, b)",
                        " by (\"x y\", c)",
                        " by ()",
                        " without ()"));
    }

    private String selector() {
        String label = one(List.of("job", "\"dotted.name\"", "sum", "le"));
        String matcher =
                random.nextBoolean()
                        ? label + one(List.of("=", "!=")) + one(STRINGS)
                        : label + one(List.of("=~", "!~")) + one(PATTERNS);
        return switch (random.nextInt(4)) {
            case 0 -> one(NAMES);
            case 1 -> one(NAMES) + "{" + matcher + "}";
            case 2 -> "{\"utf-8.name\", " + matcher + ",}";
            default -> "{__name__=~\"a.+\"," + matcher + "}";
        };
    }
}
