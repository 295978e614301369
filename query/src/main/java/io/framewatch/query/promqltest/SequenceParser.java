package io.framewatch.query.promqltest;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramSum;
import io.framewatch.query.promql.parse.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads sequences of values: `5`, `_x3`, `1+2x3`, `stale`, `{{count:1 sum:2}}x5`.
final class SequenceParser {

    private static final int POINTS_MAX = 1_000_000;

    private final String text;
    private int at;

    private SequenceParser(String text) {
        this.text = text;
    }

    /// Values of samples.
    static List<Point> values(String text) {
        return new SequenceParser(text).points(false);
    }

    /// Start timestamps, relative to their samples.
    static List<Point> startTimes(String text) {
        return new SequenceParser(text).points(true);
    }

    private List<Point> points(boolean startTimes) {
        List<Point> points = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at >= text.length()) {
                return points;
            }
            item(points, startTimes);
            if (points.size() > POINTS_MAX) {
                throw new ScriptException("more than " + POINTS_MAX + " points in a line");
            }
        }
    }

    private void item(List<Point> points, boolean startTimes) {
        if (text.startsWith("{{", at)) {
            histograms(points);
        } else if (text.charAt(at) == '_') {
            at++;
            repeat(points, Point.GAP, at < text.length() && text.charAt(at) == 'x' ? 0 : 1);
        } else if (text.startsWith("stale", at)) {
            at += "stale".length();
            repeat(points, Point.STALE, 1);
        } else if (startTimes) {
            numbers(points, durationMs(), true);
        } else {
            numbers(points, number(), false);
        }
        if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            throw new ScriptException("unexpected '" + text.substring(at) + "' in values");
        }
    }

    private void repeat(List<Point> points, Point point, int base) {
        int count = base + times();
        for (int i = 0; i < count; i++) {
            points.add(point);
        }
    }

    private int times() {
        if (at >= text.length() || text.charAt(at) != 'x') {
            return 0;
        }
        int from = ++at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == from || at - from > 7) {
            throw new ScriptException("expected a count after x");
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private void numbers(List<Point> points, double start, boolean startTimes) {
        double increment = 0;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            increment = startTimes ? durationMs() : number();
        }
        int times = times();
        double value = start;
        for (int i = 0; i <= times; i++) {
            points.add(Point.of(value));
            value += increment;
        }
    }

    private double durationMs() {
        int from = at;
        boolean minus = sign();
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || isUnit(at))) {
            at++;
        }
        String digits = text.substring(start, at);
        Long ms = digits.equals("0") ? (Long) 0L : Literals.durationMs(digits);
        if (ms == null) {
            throw new ScriptException("no duration: " + text.substring(from));
        }
        return minus ? -ms : ms;
    }

    private boolean isUnit(int index) {
        return "ywdhms".indexOf(text.charAt(index)) >= 0;
    }

    private boolean sign() {
        boolean minus = text.charAt(at) == '-';
        if (minus || text.charAt(at) == '+') {
            at++;
        }
        return minus;
    }

    private double number() {
        int from = at;
        boolean minus = sign();
        String rest = text.substring(at, Math.min(text.length(), at + 3)).toLowerCase(Locale.ROOT);
        if (rest.equals("inf") || rest.equals("nan")) {
            at += 3;
            double special = rest.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN;
            return minus ? -special : special;
        }
        int start = at;
        while (at < text.length() && isNumberPart(start)) {
            at++;
        }
        if (at == start) {
            throw new ScriptException("no number: " + text.substring(from));
        }
        double value = Double.parseDouble(text.substring(start, at));
        return minus ? -value : value;
    }

    private boolean isNumberPart(int start) {
        char c = text.charAt(at);
        boolean exponentSign =
                (c == '+' || c == '-')
                        && at > start
                        && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
        return Character.isDigit(c) || c == '.' || c == 'e' || c == 'E' || exponentSign;
    }

    private void histograms(List<Point> points) {
        HistogramLiteral first = literal();
        NativeHistogram increment = null;
        boolean minus = false;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            minus = sign();
            increment = literal().histogram();
        }
        int times = times();
        NativeHistogram value = first.histogram();
        for (int i = 0; i <= times; i++) {
            points.add(Point.of(value, first.hintGiven()));
            if (increment != null) {
                HistogramSum sum = HistogramSum.of(value);
                value = (minus ? sum.subtract(increment) : sum.add(increment)).build();
            }
        }
    }

    private HistogramLiteral literal() {
        int end = text.indexOf("}}", at);
        if (!text.startsWith("{{", at) || end < 0) {
            throw new ScriptException("histogram not closed: " + text.substring(at));
        }
        HistogramLiteral literal = HistogramLiteral.parse(text.substring(at + 2, end));
        at = end + 2;
        return literal;
    }
}
