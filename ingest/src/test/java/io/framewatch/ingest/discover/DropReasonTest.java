package io.framewatch.ingest.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.ingest.relabel.RelabelRule.Action;
import io.framewatch.model.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sentences that say why a target is not scraped.
final class DropReasonTest {

    private static final Labels FOUND =
            Labels.of("__address__", "a:1", "site", "perm", "zone", "ru");

    private static RelabelRule rule(Action action, String source, String regex, String target) {
        return RelabelRule.of(action, List.of(source), ";", regex, 0, target, "$1");
    }

    @Test
    void namesTheRuleThatDropsAndWhatItSaw() {
        RelabelRule copy = rule(Action.REPLACE, "site", "(.*)", "place");
        assertThat(
                        DropReason.of(
                                FOUND, List.of(copy, rule(Action.KEEP, "place", "kazan|omsk", ""))))
                .isEqualTo(
                        "Rule 2 of relabel_configs, `keep`: [place] is \"perm\" and does not match"
                                + " `kazan|omsk`.");
        assertThat(DropReason.of(FOUND, List.of(rule(Action.DROP, "site", "p.*", ""))))
                .isEqualTo(
                        "Rule 1 of relabel_configs, `drop`: [site] is \"perm\" and matches `p.*`.");
        assertThat(DropReason.of(FOUND, List.of(rule(Action.KEEPEQUAL, "site", "(.*)", "zone"))))
                .isEqualTo(
                        "Rule 1 of relabel_configs, `keepequal`: [site] is \"perm\" and not what zone"
                                + " is, \"ru\".");
    }

    @Test
    void tellsWhenNoRuleDropsIt() {
        assertThat(DropReason.of(FOUND, List.of())).contains("no `__address__`");
    }
}
