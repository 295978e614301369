package io.framewatch.template;

import io.framewatch.template.Node.Command;
import io.framewatch.template.Node.Operand;
import io.framewatch.template.Node.Pipe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks the tree once and writes. Not thread safe.
final class Renderer {

    private static final int OUTPUT_CHARS_MAX = 4_000_000;
    private static final int STEPS_MAX = 2_000_000;
    private static final int DEPTH_MAX = 64;

    /// How a list of nodes was left.
    private enum Way {
        ON,
        BREAK,
        CONTINUE
    }

    private static final class Variable {
        private final String name;
        private @Nullable Object value;

        private Variable(String name, @Nullable Object value) {
            this.name = name;
            this.value = value;
        }
    }

    private final Map<String, List<Node>> definitions;
    private final Functions functions;
    private final boolean html;
    private StringBuilder out = new StringBuilder();
    private Deque<Variable> variables = new ArrayDeque<>();
    private int steps;
    private int depth;

    Renderer(Map<String, List<Node>> definitions, Functions functions, boolean html) {
        this.definitions = definitions;
        this.functions = functions;
        this.html = html;
    }

    String render(List<Node> nodes, @Nullable Object data) {
        body(nodes, data);
        return out.toString();
    }

    /// Renders nodes with variables of their own.
    private void body(List<Node> nodes, @Nullable Object data) {
        if (++depth > DEPTH_MAX) {
            throw new TemplateException("templates call each other over " + DEPTH_MAX + " deep");
        }
        Deque<Variable> outer = variables;
        variables = new ArrayDeque<>();
        variables.push(new Variable("$", data));
        all(nodes, data);
        variables = outer;
        depth--;
    }

    private Way all(List<Node> nodes, @Nullable Object dot) {
        for (Node node : nodes) {
            Way way = one(node, dot);
            if (way != Way.ON) {
                return way;
            }
        }
        return Way.ON;
    }

    private void step() {
        if (++steps > STEPS_MAX) {
            throw new TemplateException("the template takes more than " + STEPS_MAX + " steps");
        }
    }

    private Way one(Node node, @Nullable Object dot) {
        step();
        switch (node) {
            case Node.Text(String text) -> write(text);
            case Node.Action(Pipe pipe) -> action(pipe, dot);
            case Node.Branch branch -> {
                return branch(branch, dot);
            }
            case Node.Range range -> range(range, dot);
            case Node.Include(String name, Pipe pipe) ->
                    body(definition(name), pipe == null ? null : value(pipe, dot));
            case Node.Break() -> {
                return Way.BREAK;
            }
            case Node.Continue() -> {
                return Way.CONTINUE;
            }
        }
        return Way.ON;
    }

    private List<Node> definition(String name) {
        List<Node> nodes = definitions.get(name);
        if (nodes == null) {
            throw new TemplateException("template \"" + name + "\" not defined");
        }
        return nodes;
    }

    private void write(String text) {
        if (out.length() + text.length() > OUTPUT_CHARS_MAX) {
            throw new TemplateException(
                    "the template writes more than " + OUTPUT_CHARS_MAX + " characters");
        }
        out.append(text);
    }

    private void action(Pipe pipe, @Nullable Object dot) {
        Object value = value(pipe, dot);
        if (!pipe.variables().isEmpty()) {
            set(pipe, value);
            return;
        }
        if (value instanceof Safe(String text)) {
            write(text);
        } else {
            String text = Printing.print(value);
            write(html ? Printing.escapeHtml(text) : text);
        }
    }

    private void set(Pipe pipe, @Nullable Object value) {
        for (String name : pipe.variables()) {
            set(name, value, pipe.assigns());
        }
    }

    private void set(String name, @Nullable Object value, boolean assigns) {
        if (!assigns) {
            variables.push(new Variable(name, value));
            return;
        }
        for (Variable variable : variables) {
            if (variable.name.equals(name)) {
                variable.value = value;
                return;
            }
        }
    }

    private void forget(int scope) {
        while (variables.size() > scope) {
            variables.pop();
        }
    }

    private Way branch(Node.Branch branch, @Nullable Object dot) {
        int scope = variables.size();
        Object value = value(branch.pipe(), dot);
        set(branch.pipe(), value);
        boolean holds = Truth.of(value);
        List<Node> nodes = holds ? branch.then() : branch.otherwise();
        Way way = all(nodes, holds && branch.scoped() ? value : dot);
        forget(scope);
        return way;
    }

    private void range(Node.Range range, @Nullable Object dot) {
        int scope = variables.size();
        List<Loop.Turn> turns = Loop.over(value(range.pipe(), dot));
        for (Loop.Turn turn : turns) {
            step();
            List<String> names = range.pipe().variables();
            boolean assigns = range.pipe().assigns();
            if (names.size() == 2) {
                set(names.get(0), turn.key(), assigns);
            }
            if (!names.isEmpty()) {
                set(names.getLast(), turn.value(), assigns);
            }
            Way way = all(range.body(), turn.value());
            forget(scope);
            if (way == Way.BREAK) {
                return;
            }
        }
        if (turns.isEmpty()) {
            all(range.otherwise(), dot);
        }
        forget(scope);
    }

    private @Nullable Object value(Pipe pipe, @Nullable Object dot) {
        Object value = null;
        boolean first = true;
        for (Command command : pipe.commands()) {
            List<@Nullable Object> piped = new ArrayList<>();
            if (!first) {
                piped.add(value);
            }
            value = value(command, dot, piped);
            first = false;
        }
        return value;
    }

    /// @param piped the value of the command before, if there is one
    private @Nullable Object value(
            Command command, @Nullable Object dot, List<@Nullable Object> piped) {
        step();
        Operand head = command.operands().getFirst();
        List<Operand> rest = command.operands().subList(1, command.operands().size());
        if (head instanceof Operand.Function(String name)) {
            return call(name, rest, dot, piped);
        }
        List<@Nullable Object> arguments = arguments(rest, dot);
        arguments.addAll(piped);
        if (head instanceof Operand.Chain(Operand of, List<String> fields)) {
            return chain(value(of, dot), fields, arguments);
        }
        if (!arguments.isEmpty()) {
            throw new TemplateException("can't give argument to non-function");
        }
        return value(head, dot);
    }

    private List<@Nullable Object> arguments(List<Operand> operands, @Nullable Object dot) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Operand operand : operands) {
            arguments.add(value(operand, dot));
        }
        return arguments;
    }

    private @Nullable Object value(Operand operand, @Nullable Object dot) {
        return switch (operand) {
            case Operand.Literal(Object value) -> value;
            case Operand.Dot() -> dot;
            case Operand.Variable(String name) -> variable(name);
            case Operand.Function(String name) -> call(name, List.of(), dot, List.of());
            case Operand.Nested(Pipe pipe) -> value(pipe, dot);
            case Operand.Chain(Operand of, List<String> fields) ->
                    chain(value(of, dot), fields, List.of());
        };
    }

    private @Nullable Object variable(String name) {
        for (Variable variable : variables) {
            if (variable.name.equals(name)) {
                return variable.value;
            }
        }
        throw new TemplateException("undefined variable " + name);
    }

    /// Fields one after the other; the last may be a method that takes the arguments.
    private static @Nullable Object chain(
            @Nullable Object of, List<String> fields, List<@Nullable Object> arguments) {
        Object value = of;
        for (int i = 0; i < fields.size(); i++) {
            boolean last = i == fields.size() - 1;
            value = Fields.of(value, fields.get(i), last ? arguments : List.of());
        }
        return value;
    }

    private @Nullable Object call(
            String name,
            List<Operand> operands,
            @Nullable Object dot,
            List<@Nullable Object> piped) {
        if (name.equals("and") || name.equals("or")) {
            return shortCircuit(name.equals("or"), operands, dot, piped);
        }
        List<@Nullable Object> arguments = arguments(operands, dot);
        arguments.addAll(piped);
        if (name.equals("tmpl")) {
            return include(arguments);
        }
        Functions.Function function = functions.find(name);
        if (function == null) {
            throw new TemplateException("function \"" + name + "\" not defined");
        }
        try {
            return function.call(arguments);
        } catch (TemplateException e) {
            throw new TemplateException("error calling " + name + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Object shortCircuit(
            boolean stopsOn,
            List<Operand> operands,
            @Nullable Object dot,
            List<@Nullable Object> piped) {
        Object value = null;
        for (Operand operand : operands) {
            value = value(operand, dot);
            if (Truth.of(value) == stopsOn) {
                return value;
            }
        }
        return piped.isEmpty() ? value : piped.getFirst();
    }

    private Object include(List<@Nullable Object> arguments) {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof String name)) {
            throw new TemplateException("tmpl needs a name");
        }
        StringBuilder outer = out;
        out = new StringBuilder();
        body(definition(name), arguments.size() > 1 ? arguments.get(1) : null);
        String text = out.toString();
        out = outer;
        return new Safe(text);
    }
}
