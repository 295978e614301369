package io.framewatch.rules.file;

import java.util.List;

/// Rules that are evaluated one after the other at the same time. Immutable.
///
/// @param name unique in its file
/// @param intervalMs between evaluations, milliseconds; 0 for the configured default
/// @param queryOffsetMs how far in the past the expressions are evaluated, milliseconds; -1 for the
///   configured default
/// @param limit most series or alerts one of its rules may give, 0 for any number
/// @param rules in the order of the file
public record RuleGroup(
        String name, long intervalMs, long queryOffsetMs, int limit, List<Rule> rules) {}
