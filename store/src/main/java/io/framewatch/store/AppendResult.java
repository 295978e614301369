package io.framewatch.store;

/// What became of a batch: `stored + duplicates + conflicts + tooFarOff + refused` is its size.
///
/// @param stored samples kept
/// @param duplicates samples dropped because the same value stood there already
/// @param conflicts samples refused because another value stands at their timestamp
/// @param tooFarOff samples refused because their timestamp lies too far in the future or past for
///   the store
/// @param refused samples left out because their series was forgotten meanwhile and may not be made
///   again: `series_limit` or `label_limit`
public record AppendResult(int stored, int duplicates, int conflicts, int tooFarOff, int refused) {

    /// Of an empty batch.
    public static final AppendResult NOTHING = new AppendResult(0, 0, 0, 0);

    /// A batch whose series all exist.
    public AppendResult(int stored, int duplicates, int conflicts, int tooFarOff) {
        this(stored, duplicates, conflicts, tooFarOff, 0);
    }

    /// Samples that are not there though they were sent.
    public int lost() {
        return conflicts + tooFarOff + refused;
    }
}
