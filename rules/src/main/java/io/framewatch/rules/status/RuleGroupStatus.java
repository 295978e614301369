package io.framewatch.rules.status;

import io.framewatch.model.Tenant;
import java.util.List;

/// A rule group and how it fares. Immutable.
///
/// @param tenant whose rules
/// @param file the file it stands in
/// @param name its name
/// @param intervalMs between evaluations, milliseconds
/// @param queryOffsetMs how far in the past it evaluates, milliseconds
/// @param limit most series or alerts one of its rules may give, 0 for any number
/// @param rules in the order of the file
/// @param lastEvaluationMs when it was evaluated last, Unix milliseconds; 0 before the first time
/// @param evaluationNs how long that took, nanoseconds
/// @param evaluations evaluations since start
/// @param missed evaluations left out because one before them took too long
public record RuleGroupStatus(
        Tenant tenant,
        String file,
        String name,
        long intervalMs,
        long queryOffsetMs,
        int limit,
        List<RuleStatus> rules,
        long lastEvaluationMs,
        long evaluationNs,
        long evaluations,
        long missed) {}
