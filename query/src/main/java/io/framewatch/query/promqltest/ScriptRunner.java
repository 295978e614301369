package io.framewatch.query.promqltest;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.engine.PromqlEngine;
import io.framewatch.query.promql.parse.PromqlParser;
import io.framewatch.query.promqltest.Command.Clear;
import io.framewatch.query.promqltest.Command.Eval;
import io.framewatch.query.promqltest.Command.Load;
import io.framewatch.query.promqltest.ScriptReport.Failure;
import io.framewatch.store.MetricStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs test scripts. Each instant query is also asked as a range query around its time, and with
/// `@` on its selectors at other times; the answers must be the same. Thread safe.
public final class ScriptRunner {

    private static final Tenant TENANT = new Tenant("promqltest");
    private static final long AROUND_MS = 60_000;

    private final Supplier<? extends MetricStore> stores;
    private final PromqlOptions options;
    private final Clock clock;

    /// A runner on in-memory stores.
    public ScriptRunner(Clock clock) {
        this(() -> new InMemoryMetricStore(MemoryLimits.UNLIMITED), PromqlOptions.DEFAULT, clock);
    }

    /// A runner that asks `stores` for an empty store at the start of a script and at each `clear`.
    public ScriptRunner(
            Supplier<? extends MetricStore> stores, PromqlOptions options, Clock clock) {
        this.stores = stores;
        this.options = options;
        this.clock = clock;
    }

    /// Runs a script; `name` is used in the report only.
    public ScriptReport run(String name, String script) {
        ScriptParser parser = new ScriptParser(script);
        List<Failure> failures = new ArrayList<>();
        int passed = 0;
        MetricStore store = stores.get();
        try {
            while (true) {
                Command command;
                try {
                    command = parser.next();
                } catch (ScriptException | NumberFormatException e) {
                    failures.add(new Failure(parser.line(), message(e)));
                    continue;
                }
                if (command == null) {
                    return new ScriptReport(name, passed, List.copyOf(failures));
                }
                if (command instanceof Clear) {
                    store.close();
                    store = stores.get();
                    continue;
                }
                String wrong = execute(command, store);
                if (wrong != null) {
                    failures.add(new Failure(command.line(), wrong));
                } else if (command instanceof Eval) {
                    passed++;
                }
            }
        } finally {
            store.close();
        }
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private @Nullable String execute(Command command, MetricStore store) {
        return switch (command) {
            case Clear _ -> null;
            case Load load -> {
                try {
                    Loader.load(load, store, TENANT);
                    yield null;
                } catch (ScriptException | FaultException e) {
                    yield message(e);
                }
            }
            case Eval eval -> check(eval, new PromqlEngine(store, options, clock));
        };
    }

    private static @Nullable String check(Eval eval, PromqlEngine engine) {
        EvalCheck check = new EvalCheck(eval);
        QueryResult result;
        try {
            result =
                    eval.range()
                            ? range(engine, eval)
                            : instant(engine, eval.query(), eval.startMs());
        } catch (FaultException e) {
            return described(eval, check.failure(message(e)));
        }
        String wrong = check.answer(result);
        if (wrong == null && !eval.range() && !(result.value() instanceof MatrixValue)) {
            wrong = variants(eval, engine, check, result);
        }
        return described(eval, wrong);
    }

    private static @Nullable String described(Eval eval, @Nullable String wrong) {
        return wrong == null ? null : eval.query() + ": " + wrong;
    }

    private static QueryResult instant(PromqlEngine engine, String query, long timeMs) {
        return engine.instant(TENANT, query, timeMs, QueryContext.defaults());
    }

    private static QueryResult range(PromqlEngine engine, Eval eval) {
        return engine.range(
                TENANT,
                eval.query(),
                eval.startMs(),
                eval.endMs(),
                eval.stepMs(),
                QueryContext.defaults());
    }

    private static @Nullable String variants(
            Eval eval, PromqlEngine engine, EvalCheck check, QueryResult result) {
        Expr expr = PromqlParser.parse(eval.query());
        if (eval.expected().ordered() || eval.expected().string() != null) {
            return null;
        }
        String wrong = null;
        if (!Variants.dependsOnRange(expr)) {
            wrong = asRange(eval, engine, check);
        }
        if (wrong == null && result.value() instanceof VectorValue) {
            wrong = pinned(eval, engine, check, expr);
        }
        return wrong;
    }

    private static @Nullable String asRange(Eval eval, PromqlEngine engine, EvalCheck check) {
        long time = eval.startMs();
        try {
            QueryResult range =
                    engine.range(
                            TENANT,
                            eval.query(),
                            time - AROUND_MS,
                            time + AROUND_MS,
                            AROUND_MS,
                            QueryContext.defaults());
            String wrong =
                    range.value() instanceof MatrixValue matrix
                            ? check.middle(matrix, time)
                            : "no matrix";
            return wrong == null ? null : "as a range query: " + wrong;
        } catch (FaultException e) {
            return "as a range query it failed: " + e.getMessage();
        }
    }

    private static @Nullable String pinned(
            Eval eval, PromqlEngine engine, EvalCheck check, Expr expr) {
        long time = eval.startMs();
        String query = Variants.pinned(expr, time);
        if (query == null) {
            return null;
        }
        long[] others =
                time == 0
                        ? new long[] {-1000, 0, 1000}
                        : new long[] {-10 * time, 0, time / 5, time, 10 * time};
        for (long other : others) {
            try {
                String wrong = check.value(instant(engine, query, other).value());
                if (wrong != null) {
                    return "as " + query + " at " + other + " ms: " + wrong;
                }
            } catch (FaultException e) {
                return "as " + query + " at " + other + " ms it failed: " + e.getMessage();
            }
        }
        return null;
    }
}
