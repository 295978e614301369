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
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs test scripts. Each instant query is also asked as a range query around its time, and with
/// `@` on its selectors at other times; the answers must be the same. Thread safe.
public final class ScriptRunner {

    private static final Tenant TENANT = new Tenant("promqltest");
    private static final long AROUND_MS = 60_000;

    /// Scripts test what is experimental too.
    private static final PromqlOptions ALL = PromqlOptions.DEFAULT.withStartTimestamps(true);

    private final Supplier<Place> places;
    private final boolean variants;
    private final PromqlOptions options;
    private final Clock clock;

    /// A runner on in-memory stores.
    public ScriptRunner(Clock clock) {
        this(() -> new InMemoryMetricStore(MemoryLimits.UNLIMITED), ALL, clock);
    }

    /// A runner that asks `stores` for an empty store at the start of a script and at each `clear`.
    public ScriptRunner(
            Supplier<? extends MetricStore> stores, PromqlOptions options, Clock clock) {
        this(
                () -> {
                    MetricStore store = stores.get();
                    return new Place(store, TENANT, store::close);
                },
                options,
                clock,
                true);
    }

    private ScriptRunner(
            Supplier<Place> places, PromqlOptions options, Clock clock, boolean variants) {
        this.places = places;
        this.options = options;
        this.clock = clock;
        this.variants = variants;
    }

    /// A runner that asks `places` for a tenant without data at the start of a script and at each
    /// `clear`, and asks each query once.
    public static ScriptRunner ofTenants(Supplier<Place> places, Clock clock) {
        return new ScriptRunner(places, ALL.withPushFrom(0), clock, false);
    }

    /// Where samples of a script go.
    ///
    /// @param store has no data of `tenant`
    /// @param tenant whose samples they are
    /// @param close is run when the script needs the place no more
    public record Place(MetricStore store, Tenant tenant, Runnable close) {}

    /// What lies between two `clear`, and where its samples go.
    private record Part(Place place, List<Command> commands) {

        /// How many commands load samples before the first question is asked.
        int loads() {
            int loads = 0;
            while (loads < commands.size() && commands.get(loads) instanceof Load) {
                loads++;
            }
            return loads;
        }
    }

    /// Runs a script; `name` is used in the report only. What its parts load before their first
    /// question is loaded before any question is asked: a store that has to move it first, before
    /// it can answer, moves it at once.
    public ScriptReport run(String name, String script) {
        List<Failure> failures = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        int passed = 0;
        try {
            read(new ScriptParser(script), parts, failures);
            for (Part part : parts) {
                run(part.commands().subList(0, part.loads()), part.place(), failures);
            }
            for (Part part : parts) {
                List<Command> rest = part.commands().subList(part.loads(), part.commands().size());
                passed += run(rest, part.place(), failures);
            }
            failures.sort(Comparator.comparingInt(Failure::line));
            return new ScriptReport(name, passed, List.copyOf(failures));
        } finally {
            parts.forEach(part -> part.place().close().run());
        }
    }

    private void read(ScriptParser parser, List<Part> parts, List<Failure> failures) {
        parts.add(new Part(places.get(), new ArrayList<>()));
        while (true) {
            try {
                Command command = parser.next();
                if (command == null) {
                    return;
                }
                if (command instanceof Clear) {
                    parts.add(new Part(places.get(), new ArrayList<>()));
                } else {
                    parts.getLast().commands().add(command);
                }
            } catch (ScriptException | NumberFormatException e) {
                failures.add(new Failure(parser.line(), message(e)));
            }
        }
    }

    /// Runs commands and returns how many questions were answered as expected.
    private int run(List<Command> commands, Place place, List<Failure> failures) {
        int passed = 0;
        for (Command command : commands) {
            String wrong = execute(command, place);
            if (wrong != null) {
                failures.add(new Failure(command.line(), wrong));
            } else if (command instanceof Eval) {
                passed++;
            }
        }
        return passed;
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private @Nullable String execute(Command command, Place place) {
        return switch (command) {
            case Clear _ -> null;
            case Load load -> {
                try {
                    Loader.load(load, place.store(), place.tenant());
                    yield null;
                } catch (ScriptException | FaultException e) {
                    yield message(e);
                }
            }
            case Eval eval ->
                    check(
                            eval,
                            new Asked(
                                    new PromqlEngine(place.store(), options, clock),
                                    place.tenant()));
        };
    }

    /// The one who is asked.
    private record Asked(PromqlEngine engine, Tenant tenant) {

        QueryResult instant(String query, long timeMs) {
            return engine.instant(tenant, query, timeMs, QueryContext.defaults());
        }

        QueryResult range(String query, long startMs, long endMs, long stepMs) {
            return engine.range(tenant, query, startMs, endMs, stepMs, QueryContext.defaults());
        }

        QueryResult answer(Eval eval) {
            return eval.range()
                    ? range(eval.query(), eval.startMs(), eval.endMs(), eval.stepMs())
                    : instant(eval.query(), eval.startMs());
        }
    }

    private @Nullable String check(Eval eval, Asked engine) {
        EvalCheck check = new EvalCheck(eval);
        QueryResult result;
        try {
            result = engine.answer(eval);
        } catch (FaultException e) {
            return described(eval, check.failure(message(e)));
        }
        String wrong = check.answer(result);
        if (wrong == null
                && variants
                && !eval.range()
                && !(result.value() instanceof MatrixValue)) {
            wrong = variants(eval, engine, check, result);
        }
        return described(eval, wrong);
    }

    private static @Nullable String described(Eval eval, @Nullable String wrong) {
        return wrong == null ? null : eval.query() + ": " + wrong;
    }

    private static @Nullable String variants(
            Eval eval, Asked engine, EvalCheck check, QueryResult result) {
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

    private static @Nullable String asRange(Eval eval, Asked engine, EvalCheck check) {
        long time = eval.startMs();
        try {
            QueryResult range =
                    engine.range(eval.query(), time - AROUND_MS, time + AROUND_MS, AROUND_MS);
            String wrong =
                    range.value() instanceof MatrixValue matrix
                            ? check.middle(matrix, time)
                            : "no matrix";
            return wrong == null ? null : "as a range query: " + wrong;
        } catch (FaultException e) {
            return "as a range query it failed: " + e.getMessage();
        }
    }

    private static @Nullable String pinned(Eval eval, Asked engine, EvalCheck check, Expr expr) {
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
                String wrong = check.value(engine.instant(query, other).value());
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
