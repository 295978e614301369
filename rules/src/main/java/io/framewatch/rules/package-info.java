/// Recording and alerting rules. Files come in through [io.framewatch.rules.file.RuleFile];
/// [io.framewatch.rules.RuleManager] evaluates them on their interval, writes what they record and
/// tells an [io.framewatch.model.AlertSink] which alerts fire and which are over.
@NullMarked
package io.framewatch.rules;

import org.jspecify.annotations.NullMarked;
