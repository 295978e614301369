/// Tests of rules in promtool's format: series are played in, rules evaluated step by step, alerts
/// and expressions compared with what is expected. Start at [io.framewatch.rules.test.RuleTests].
@NullMarked
package io.framewatch.rules.test;

import org.jspecify.annotations.NullMarked;
