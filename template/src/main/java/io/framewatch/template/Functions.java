package io.framewatch.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Functions by name. Immutable; Go's own are always among them.
public final class Functions {

    /// A function. Throws [TemplateException] when its arguments do not fit.
    @FunctionalInterface
    public interface Function {

        /// The result of the function.
        @Nullable Object call(List<@Nullable Object> arguments);
    }

    /// Gives a lambda its type.
    static Function of(Function function) {
        return function;
    }

    /// Go's own functions and no others.
    public static final Functions GO = new Functions(Builtins.ALL);

    private final Map<String, Function> byName;

    private Functions(Map<String, Function> byName) {
        this.byName = byName;
    }

    /// These functions and more; a name that was there before is replaced.
    public Functions with(Map<String, Function> more) {
        Map<String, Function> all = new HashMap<>(byName);
        all.putAll(more);
        return new Functions(Map.copyOf(all));
    }

    /// The names.
    public Set<String> names() {
        return byName.keySet();
    }

    @Nullable Function find(String name) {
        return byName.get(name);
    }
}
