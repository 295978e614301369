package io.framewatch.store;

/// What became of a batch: `stored + duplicates + conflicts + tooFarOff` is its size.
///
/// @param stored samples kept
/// @param duplicates samples dropped because the same value stood there already
/// @param conflicts samples refused because another value stands at their timestamp
/// @param tooFarOff samples refused because their timestamp lies too far in the future or past for
///   the store
public record AppendResult(int stored, int duplicates, int conflicts, int tooFarOff) {}
