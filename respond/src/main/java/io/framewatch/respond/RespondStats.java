package io.framewatch.respond;

/// Counts since start, for the server's own metrics.
///
/// @param alertsReceived alerts taken from rules and clients, repeats included
/// @param alertsOpen alerts that fire or are resolved and not yet told
/// @param groups groups at the moment
/// @param sent attempts that a receiver took
/// @param failed attempts that failed
/// @param waiting deliveries waiting or under way
public record RespondStats(
        long alertsReceived, int alertsOpen, int groups, long sent, long failed, int waiting) {}
