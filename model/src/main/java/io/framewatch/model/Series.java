package io.framewatch.model;

/// The handle of one time series, given out by the store. Immutable and safe to keep: a series that
/// the store has meanwhile forgotten comes back to life when a sample for its handle is appended.
///
/// @param tenant whose it is
/// @param id 64-bit hash of tenant and labels, unique in the store
/// @param labels the identity, metric name included
public record Series(Tenant tenant, long id, Labels labels) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Series s
                && s.id == id
                && s.tenant.equals(tenant)
                && s.labels.equals(labels);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
