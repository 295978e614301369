package io.framewatch.query.promql.ast;

import java.util.List;

/// Name and types of a function.
///
/// @param name as written
/// @param arguments types of the arguments
/// @param variadic 0 if all must be given; n if the last may be left out or given up to n times; -1
///   if it may be given any number of times
/// @param returns type of the result
/// @param experimental whether Prometheus has it behind a flag
public record FunctionSignature(
        String name,
        List<ValueType> arguments,
        int variadic,
        ValueType returns,
        boolean experimental) {

    /// Fewest arguments.
    public int argumentsMin() {
        return variadic == 0 ? arguments.size() : arguments.size() - 1;
    }

    /// Most arguments.
    public int argumentsMax() {
        if (variadic < 0) {
            return Integer.MAX_VALUE;
        }
        return argumentsMin() + variadic;
    }

    /// Type of argument `index`, which may lie beyond the declared ones.
    public ValueType argument(int index) {
        return arguments.get(Math.min(index, arguments.size() - 1));
    }
}
