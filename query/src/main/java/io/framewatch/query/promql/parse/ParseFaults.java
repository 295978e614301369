package io.framewatch.query.promql.parse;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.query.promql.ast.Span;

/// Makes the faults that tell what is wrong with a query's text.
final class ParseFaults {

    private static final String CODE = "promql_parse";
    private static final String DEFAULT_MEND = "Mend the expression at that position.";

    private final String text;

    ParseFaults(String text) {
        this.text = text;
    }

    FaultException at(int start, String what) {
        return at(start, what, DEFAULT_MEND);
    }

    FaultException at(Span span, String what) {
        return at(span.start(), what, DEFAULT_MEND);
    }

    FaultException at(Span span, String what, String mend) {
        return at(span.start(), what, mend);
    }

    FaultException at(int start, String what, String mend) {
        String position = new Span(start, start).position(text);
        return new FaultException(
                Fault.caller(CODE, position + ": parse error: " + what + ".", mend));
    }
}
