package io.framewatch.ingest.discover;

import io.framewatch.ingest.relabel.Relabel;
import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.model.Labels;
import java.util.List;
import java.util.Locale;

/// Says why relabelling dropped a target. Worked out when somebody asks, by applying the rules
/// again.
public final class DropReason {

    private static final int SHOWN_CHARS_MAX = 200;

    private DropReason() {}

    /// One sentence on why a target with these discovered labels is not scraped.
    public static String of(Labels discovered, List<RelabelRule> rules) {
        Labels.Builder labels = discovered.toBuilder();
        int at = Relabel.droppedBy(labels, rules);
        if (at < 0) {
            return "Relabelling leaves it no `__address__`.";
        }
        RelabelRule rule = rules.get(at);
        String found = found(labels, rule);
        String names = String.join(", ", rule.sourceLabels());
        String begin =
                "Rule "
                        + (at + 1)
                        + " of relabel_configs, `"
                        + rule.action().name().toLowerCase(Locale.ROOT)
                        + "`: ";
        return switch (rule.action()) {
            case KEEP ->
                    begin
                            + "["
                            + names
                            + "] is "
                            + found
                            + " and does not match "
                            + shown(rule)
                            + ".";
            case DROP ->
                    begin + "[" + names + "] is " + found + " and matches " + shown(rule) + ".";
            case KEEPEQUAL ->
                    begin + "[" + names + "] is " + found + " and not what " + other(labels, rule);
            case DROPEQUAL -> begin + "[" + names + "] is " + found + ", as " + other(labels, rule);
            case REPLACE, HASHMOD, LABELMAP, LABELDROP, LABELKEEP, LOWERCASE, UPPERCASE ->
                    begin + "it leaves nothing to scrape.";
        };
    }

    private static String found(Labels.Builder labels, RelabelRule rule) {
        List<String> values = rule.sourceLabels().stream().map(labels::get).toList();
        return "\"" + cut(String.join(rule.separator(), values)) + "\"";
    }

    private static String shown(RelabelRule rule) {
        return "`" + cut(rule.regex()) + "`";
    }

    private static String other(Labels.Builder labels, RelabelRule rule) {
        return rule.targetLabel() + " is, \"" + cut(labels.get(rule.targetLabel())) + "\".";
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "...";
    }
}
