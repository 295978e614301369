package io.framewatch.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a parsed template.
sealed interface Node {

    /// Text as it stands.
    record Text(String text) implements Node {}

    /// A pipeline whose value is printed, unless it only sets variables.
    record Action(Pipe pipe) implements Node {}

    /// `if` or, when `scoped`, `with`.
    record Branch(boolean scoped, Pipe pipe, List<Node> then, List<Node> otherwise)
            implements Node {}

    /// `range`.
    record Range(Pipe pipe, List<Node> body, List<Node> otherwise) implements Node {}

    /// `template`, also what remains of a `block`.
    record Include(String name, @Nullable Pipe pipe) implements Node {}

    /// `break`.
    record Break() implements Node {}

    /// `continue`.
    record Continue() implements Node {}

    /// Commands, each of which gets the value before it as its last argument.
    ///
    /// @param variables names set, with their `$`, at most two
    /// @param assigns whether existing variables are set anew
    record Pipe(List<String> variables, boolean assigns, List<Command> commands) {}

    /// A function, method or value, and arguments.
    record Command(List<Operand> operands) {}

    /// What a command is made of.
    sealed interface Operand {

        /// A literal.
        record Literal(@Nullable Object value) implements Operand {}

        /// The current value.
        record Dot() implements Operand {}

        /// A variable.
        record Variable(String name) implements Operand {}

        /// A function.
        record Function(String name) implements Operand {}

        /// A pipeline in parentheses.
        record Nested(Pipe pipe) implements Operand {}

        /// Fields of something.
        record Chain(Operand of, List<String> fields) implements Operand {}
    }
}
