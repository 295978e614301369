package io.framewatch.query.logql.stage;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `<ip> - <user> [<_>]`: literals and captures, as the stage `pattern` and the filter `|>` use
/// them.
///
/// @param literals texts around the captures: one before each, one after the last
/// @param names names of the captures, `_` for those not kept
public record LinePattern(List<String> literals, List<String> names)
        implements Stage, Predicate<String> {

    private static final Pattern CAPTURE = Pattern.compile("<([a-zA-Z_][a-zA-Z0-9_]*)>");

    /// Reads a pattern. `named` asks for at least one capture with a name, and no name twice.
    public static LinePattern parse(String text, boolean named) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Matcher captures = CAPTURE.matcher(text);
        int from = 0;
        while (captures.find()) {
            if (!names.isEmpty() && captures.start() == from) {
                throw fault("The pattern has two captures with nothing between them.");
            }
            literals.add(text.substring(from, captures.start()));
            names.add(captures.group(1));
            from = captures.end();
        }
        literals.add(text.substring(from));
        List<String> kept = names.stream().filter(n -> !n.equals("_")).toList();
        if (named && kept.isEmpty()) {
            throw fault("The pattern captures nothing.");
        }
        if (kept.stream().distinct().count() != kept.size()) {
            throw fault("The pattern captures one name twice.");
        }
        return new LinePattern(List.copyOf(literals), List.copyOf(names));
    }

    private static FaultException fault(String what) {
        return new FaultException(
                Fault.caller(
                        "logql_parse", what, "Write captures as <name>, apart from each other."));
    }

    @Override
    public boolean process(LogLine line) {
        String text = line.text();
        int at = literals.getFirst().isEmpty() ? 0 : text.indexOf(literals.getFirst());
        if (at < 0) {
            return true;
        }
        at += literals.getFirst().length();
        for (int i = 0; i < names.size(); i++) {
            String next = literals.get(i + 1);
            int end = next.isEmpty() ? text.length() : text.indexOf(next, at);
            if (end < 0) {
                end = text.length();
            }
            if (!names.get(i).equals("_")) {
                line.extract(names.get(i), text.substring(at, end));
            }
            at = Math.min(text.length(), end + next.length());
        }
        return true;
    }

    /// Whether a text has the literals in their order; a capture at either end frees that end.
    @Override
    public boolean test(String text) {
        String head = literals.getFirst();
        if (!text.startsWith(head)) {
            return false;
        }
        int at = head.length();
        for (int i = 1; i < literals.size(); i++) {
            String literal = literals.get(i);
            boolean last = i == literals.size() - 1;
            if (last && literal.isEmpty()) {
                return true;
            }
            int found = last ? text.length() - literal.length() : text.indexOf(literal, at);
            if (found < at || last && !text.endsWith(literal)) {
                return false;
            }
            at = found + literal.length();
        }
        return at == text.length();
    }
}
