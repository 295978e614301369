package io.framewatch.rules.evaluate;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.MetricSelect;

/// What every evaluation needs.
///
/// @param tenant whose rules and data
/// @param query answers expressions
/// @param appender takes what is recorded
/// @param select gives back `ALERTS_FOR_STATE` after a restart
/// @param externalLabels labels of this server, for templates
/// @param externalUrl where people reach this server, for templates and links
public record RuleContext(
        Tenant tenant,
        RuleQuery query,
        MetricAppender appender,
        MetricSelect select,
        Labels externalLabels,
        String externalUrl) {}
