package io.framewatch.model;

import org.jspecify.annotations.Nullable;

/// The handle of one time series, given out by the store. Its identity never changes and it is safe
/// to keep: a series that the store has meanwhile forgotten comes back to life when a sample for
/// its handle is appended. Thread safe.
public final class Series {

    /// What stands for a home where there is none any more.
    private enum Nowhere {
        LET_GO
    }

    private final Tenant tenant;
    private final long id;
    private final Labels labels;
    private volatile @Nullable Object home;

    /// @param tenant whose it is
    /// @param id 64-bit hash of tenant and labels, unique in the store
    /// @param labels the identity, metric name included
    public Series(Tenant tenant, long id, Labels labels) {
        this.tenant = tenant;
        this.id = id;
        this.labels = labels;
    }

    /// Whose it is.
    public Tenant tenant() {
        return tenant;
    }

    /// 64-bit hash of tenant and labels, unique in the store.
    public long id() {
        return id;
    }

    /// The identity, metric name included.
    public Labels labels() {
        return labels;
    }

    /// What the store that gave the handle out left at it, so that it finds the series without
    /// looking; null if nothing. Nobody else's concern.
    public @Nullable Object home() {
        return home;
    }

    /// Whether the store has let go of the series this handle came with, and no sample has brought
    /// it back: caches need not keep it.
    @SuppressWarnings("ReferenceEquality") // a mark that stands for nothing but itself
    public boolean isLetGo() {
        return home == Nowhere.LET_GO;
    }

    /// The store has let go of the series; until something is left here again, [#isLetGo].
    public void letGo() {
        home = Nowhere.LET_GO;
    }

    /// Leaves something to be found by [#home], or takes it away.
    public void home(@Nullable Object of) {
        home = of;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Series s
                && s.id == id
                && s.tenant.equals(tenant)
                && s.labels.equals(labels);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return tenant + " " + labels;
    }
}
