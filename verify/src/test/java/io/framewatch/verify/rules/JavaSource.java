package io.framewatch.verify.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// One Java file, parsed: what the rules ask about it.
///
/// @param path the file
/// @param methods its methods with their lengths
/// @param calls its calls and member accesses with their lines
/// @param strings its string literals
record JavaSource(Path path, List<Method> methods, List<Call> calls, List<String> strings) {

    /// @param name simple name
    /// @param line where it starts
    /// @param lines how many lines it takes, signature included
    record Method(String name, long line, long lines) {}

    /// @param target as written, for example `System.nanoTime`
    /// @param firstLiteral first argument if it is a string literal
    /// @param line where it stands
    record Call(String target, @Nullable String firstLiteral, long line) {}

    static List<JavaSource> parse(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    _ -> {},
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<JavaSource> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                sources.add(new Scan(unit, positions).scan());
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> methods = new ArrayList<>();
        private final List<Call> calls = new ArrayList<>();
        private final List<String> strings = new ArrayList<>();

        Scan(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        JavaSource scan() {
            scan(unit, null);
            JavaFileObject file = unit.getSourceFile();
            return new JavaSource(Path.of(file.toUri()), methods, calls, strings);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            if (start >= 0 && end > start) {
                long first = line(start);
                methods.add(new Method(method.getName().toString(), first, line(end) - first + 1));
            }
            return super.visitMethod(method, unused);
        }

        @Override
        public @Nullable Void visitMethodInvocation(
                MethodInvocationTree call, @Nullable Void unused) {
            List<? extends ExpressionTree> arguments = call.getArguments();
            String literal =
                    !arguments.isEmpty()
                                    && arguments.getFirst() instanceof LiteralTree first
                                    && first.getValue() instanceof String text
                            ? text
                            : null;
            if (call.getMethodSelect() instanceof MemberSelectTree select) {
                calls.add(
                        new Call(
                                select.toString(),
                                literal,
                                line(positions.getStartPosition(unit, call))));
            }
            return super.visitMethodInvocation(call, unused);
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
            if (literal.getValue() instanceof String text) {
                strings.add(text);
            }
            return super.visitLiteral(literal, unused);
        }
    }
}
