package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.function.Supplier;

/// Reads whose refusals are told as faults.
public final class Reading {

    private Reading() {}

    /// Runs a read and tells what the engine refuses as a fault.
    public static <R> R told(Supplier<R> read) {
        try {
            return read.get();
        } catch (EngineException refused) {
            throw fault(refused);
        }
    }

    /// The fault that tells what the engine refused.
    public static FaultException fault(EngineException refused) {
        return new FaultException(told(refused), refused);
    }

    private static Fault told(EngineException refused) {
        return switch (refused.code()) {
            case EngineException.TIMEOUT ->
                    Fault.caller(
                            "query_timeout",
                            "The storage engine took too long over the query.",
                            "Shorten the range or narrow the selectors.");
            case EngineException.MEMORY ->
                    Fault.later(
                            "query_memory",
                            "The storage engine has too little memory for the query.",
                            "Shorten the range, narrow the selectors, or try again later.");
            case EngineException.BUSY, EngineException.CANCELLED ->
                    Fault.later(
                            "engine_busy",
                            "The storage engine has too much to do.",
                            "Try again in a few seconds.");
            default -> Fault.defect("The storage engine refused a query.");
        };
    }
}
