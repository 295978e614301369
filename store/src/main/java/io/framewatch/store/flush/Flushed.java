package io.framewatch.store.flush;

/// How far the engine has taken in the log: a reader that takes from the engine only rows with a
/// batch number up to `batch`, and from memory only records numbered above `sequence`, sees every
/// record once.
///
/// @param sequence the last record whose rows are in the engine
/// @param batch the last number of their inserts
public record Flushed(long sequence, long batch) implements Comparable<Flushed> {

    @Override
    public int compareTo(Flushed other) {
        int order = Long.compare(sequence, other.sequence);
        return order != 0 ? order : Long.compare(batch, other.batch);
    }
}
