package io.framewatch.rules.evaluate;

import io.framewatch.rules.status.RuleStatus;

/// How the last evaluation of a rule went.
///
/// @param health in one word
/// @param error what went wrong, empty if nothing
/// @param atMs when, Unix milliseconds; 0 before the first
/// @param tookNs how long it took, nanoseconds
record Outcome(RuleStatus.Health health, String error, long atMs, long tookNs) {

    static final Outcome NONE = new Outcome(RuleStatus.Health.UNKNOWN, "", 0, 0);
}
