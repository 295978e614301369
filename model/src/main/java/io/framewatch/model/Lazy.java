package io.framewatch.model;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made when it is first asked for, once: a start does not wait for what may
/// never be needed. Thread safe.
///
/// @param <T> what is made
public final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private @Nullable T made;

    /// Will be made by `maker`; where that throws, the next call tries again.
    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        T known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }

    /// What was made, empty if nobody has asked for it.
    public synchronized Optional<T> made() {
        return Optional.ofNullable(made);
    }
}
