package io.framewatch.rules;

import io.framewatch.model.Labels;
import java.time.Duration;

/// How rules are evaluated.
///
/// @param interval between evaluations of groups that name none
/// @param queryOffset how far in the past groups that name no offset evaluate
/// @param resend how often an alert that fires on is given to the sink again
/// @param timeout longest evaluation of one expression
/// @param externalLabels labels of this server, for templates
/// @param externalUrl where people reach this server, without a slash at its end; may be empty
public record RuleOptions(
        Duration interval,
        Duration queryOffset,
        Duration resend,
        Duration timeout,
        Labels externalLabels,
        String externalUrl) {

    /// Prometheus's values: every minute, no offset, told again every minute, two minutes at most.
    public static final RuleOptions DEFAULT =
            new RuleOptions(
                    Duration.ofMinutes(1),
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Labels.EMPTY,
                    "");

    /// The same with another interval.
    public RuleOptions withInterval(Duration other) {
        return new RuleOptions(other, queryOffset, resend, timeout, externalLabels, externalUrl);
    }

    /// The same with another name to the outside.
    public RuleOptions withExternal(Labels labels, String url) {
        return new RuleOptions(interval, queryOffset, resend, timeout, labels, url);
    }
}
