package io.framewatch.template;

import io.framewatch.template.Node.Command;
import io.framewatch.template.Node.Operand;
import io.framewatch.template.Node.Pipe;
import io.framewatch.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Builds the tree of a template from its pieces; knows which functions and variables there are.
final class Parser {

    private static final int NESTING_MAX = 100;

    private final List<Token> tokens;
    private final Set<String> functions;
    private final Map<String, List<Node>> definitions = new HashMap<>();
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int nesting;
    private int loops;

    Parser(String text, Set<String> functions) {
        this.tokens = Lexer.tokens(text);
        this.functions = functions;
    }

    /// Templates defined inside, by name.
    Map<String, List<Node>> definitions() {
        return definitions;
    }

    List<Node> parse() {
        List<Node> nodes = nodes();
        if (peek().kind() != Kind.END) {
            throw fault(tokens.get(at + 1), "unexpected {{" + tokens.get(at + 1).text() + "}}");
        }
        return nodes;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }

    private static TemplateException fault(Token token, String message) {
        return new TemplateException("line " + token.line() + ": " + message);
    }

    /// Nodes up to the end, or up to an action that begins with `end` or `else`.
    private List<Node> nodes() {
        if (++nesting > NESTING_MAX) {
            throw fault(peek(), "actions are nested more than " + NESTING_MAX + " deep");
        }
        List<Node> nodes = new ArrayList<>();
        while (peek().kind() != Kind.END) {
            if (peek().kind() == Kind.TEXT) {
                nodes.add(new Node.Text(take().text()));
                continue;
            }
            Token word = tokens.get(at + 1);
            if (word.is(Kind.WORD, "end") || word.is(Kind.WORD, "else")) {
                break;
            }
            take();
            action(nodes);
        }
        nesting--;
        return List.copyOf(nodes);
    }

    private void action(List<Node> nodes) {
        Token first = peek();
        String word = first.kind() == Kind.WORD ? first.text() : "";
        switch (word) {
            case "if" -> nodes.add(branch(false));
            case "with" -> nodes.add(branch(true));
            case "range" -> nodes.add(range());
            case "template" -> nodes.add(include());
            case "define" -> define();
            case "block" -> nodes.add(block());
            case "break", "continue" -> nodes.add(jump());
            default -> {
                Pipe pipe = pipe();
                close();
                nodes.add(new Node.Action(pipe));
            }
        }
    }

    private Node jump() {
        Token word = take();
        if (loops == 0) {
            throw fault(word, "{{" + word.text() + "}} outside {{range}}");
        }
        close();
        return word.text().equals("break") ? new Node.Break() : new Node.Continue();
    }

    private void close() {
        if (peek().kind() != Kind.CLOSE) {
            throw fault(peek(), "unexpected '" + peek().text() + "' in an action");
        }
        take();
    }

    /// `if` or `with`, the opening word not yet taken, to its `end`.
    private Node branch(boolean scoped) {
        take();
        int scope = variables.size();
        Pipe pipe = pipe();
        close();
        List<Node> then = nodes();
        List<Node> otherwise = otherwise(scoped);
        forget(scope);
        return new Node.Branch(scoped, pipe, then, otherwise);
    }

    /// What stands after `else`, up to and with `end`; `else if` and `else with` nest.
    private List<Node> otherwise(boolean scoped) {
        Token word = endOrElse();
        if (word.text().equals("end")) {
            close();
            return List.of();
        }
        String chained = scoped ? "with" : "if";
        if (peek().is(Kind.WORD, chained)) {
            return List.of(branch(scoped));
        }
        close();
        List<Node> nodes = nodes();
        end();
        return nodes;
    }

    private Token endOrElse() {
        if (take().kind() == Kind.END) {
            throw fault(tokens.get(at - 1), "an action is not closed by {{end}}");
        }
        return take();
    }

    private void end() {
        Token word = endOrElse();
        if (!word.text().equals("end")) {
            throw fault(word, "unexpected {{else}}");
        }
        close();
    }

    private Node range() {
        take();
        int scope = variables.size();
        Pipe pipe = pipe();
        close();
        loops++;
        List<Node> body = nodes();
        loops--;
        Token word = endOrElse();
        List<Node> otherwise = List.of();
        close();
        if (word.text().equals("else")) {
            otherwise = nodes();
            end();
        }
        forget(scope);
        return new Node.Range(pipe, body, otherwise);
    }

    private String name() {
        Token token = take();
        if (token.kind() != Kind.LITERAL || !(token.value() instanceof String name)) {
            throw fault(token, "expected a quoted name, found '" + token.text() + "'");
        }
        return name;
    }

    private Node include() {
        take();
        String name = name();
        if (peek().kind() == Kind.CLOSE) {
            close();
            return new Node.Include(name, null);
        }
        Pipe pipe = pipe();
        close();
        return new Node.Include(name, pipe);
    }

    private void define() {
        take();
        String name = name();
        close();
        definitions.put(name, definition());
    }

    private Node block() {
        take();
        String name = name();
        Pipe pipe = pipe();
        close();
        definitions.put(name, definition());
        return new Node.Include(name, pipe);
    }

    /// A body of its own: it sees none of the variables around it.
    private List<Node> definition() {
        List<String> outer = List.copyOf(variables);
        variables.clear();
        variables.add("$");
        List<Node> body = nodes();
        end();
        variables.clear();
        variables.addAll(outer);
        return body;
    }

    private void forget(int scope) {
        variables.subList(scope, variables.size()).clear();
    }

    private Pipe pipe() {
        List<String> names = new ArrayList<>();
        boolean assigns = false;
        int start = at;
        while (peek().kind() == Kind.VARIABLE && names.size() < 2) {
            names.add(take().text());
            if (!peek().is(Kind.SIGN, ",")) {
                break;
            }
            take();
        }
        if (!names.isEmpty() && (peek().is(Kind.SIGN, ":=") || peek().is(Kind.SIGN, "="))) {
            assigns = take().text().equals("=");
            if (assigns) {
                names.forEach(this::checkVariable);
            }
        } else {
            at = start;
            names.clear();
        }
        List<Command> commands = new ArrayList<>(List.of(command()));
        while (peek().is(Kind.SIGN, "|")) {
            take();
            commands.add(command());
        }
        if (!assigns) {
            variables.addAll(names);
        }
        return new Pipe(List.copyOf(names), assigns, List.copyOf(commands));
    }

    private void checkVariable(String name) {
        if (!variables.contains(name)) {
            throw fault(tokens.get(at - 1), "undefined variable " + name);
        }
    }

    private Command command() {
        List<Operand> operands = new ArrayList<>();
        while (true) {
            Token next = peek();
            boolean ends =
                    next.kind() == Kind.CLOSE
                            || next.kind() == Kind.END
                            || next.is(Kind.SIGN, "|")
                            || next.is(Kind.SIGN, ")");
            if (ends) {
                break;
            }
            operands.add(operand());
        }
        if (operands.isEmpty()) {
            throw fault(peek(), "a command is missing");
        }
        return new Command(List.copyOf(operands));
    }

    private Operand operand() {
        Token token = take();
        Operand operand =
                switch (token.kind()) {
                    case LITERAL -> new Operand.Literal(token.value());
                    case DOT -> new Operand.Dot();
                    case FIELD ->
                            new Operand.Chain(
                                    new Operand.Dot(), List.of(token.text().substring(1)));
                    case VARIABLE -> {
                        checkVariable(token.text());
                        yield new Operand.Variable(token.text());
                    }
                    case WORD -> word(token);
                    case SIGN, OPEN, CLOSE, TEXT, END -> nested(token);
                };
        List<String> fields = new ArrayList<>();
        while (peek().kind() == Kind.FIELD && !peek().spaced()) {
            fields.add(take().text().substring(1));
        }
        return fields.isEmpty() ? operand : new Operand.Chain(operand, List.copyOf(fields));
    }

    private Operand word(Token token) {
        return switch (token.text()) {
            case "true" -> new Operand.Literal(true);
            case "false" -> new Operand.Literal(false);
            case "nil" -> new Operand.Literal(null);
            default -> {
                if (!functions.contains(token.text())) {
                    throw fault(token, "function \"" + token.text() + "\" not defined");
                }
                yield new Operand.Function(token.text());
            }
        };
    }

    private Operand nested(Token token) {
        if (!token.is(Kind.SIGN, "(")) {
            throw fault(token, "unexpected '" + token.text() + "' in an action");
        }
        if (++nesting > NESTING_MAX) {
            throw fault(token, "parentheses are nested more than " + NESTING_MAX + " deep");
        }
        Pipe pipe = pipe();
        if (!peek().is(Kind.SIGN, ")")) {
            throw fault(peek(), "a parenthesis is not closed");
        }
        take();
        nesting--;
        return new Operand.Nested(pipe);
    }
}
