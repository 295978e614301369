package io.framewatch.ingest.config;

import com.google.re2j.PatternSyntaxException;
import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.ingest.relabel.RelabelRule.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads lists of relabelling rules.
final class RelabelSection {

    private RelabelSection() {}

    /// The rules under `key`; a rule that is null is told as an empty `what`.
    static List<RelabelRule> read(Section parent, String key, String what) {
        List<RelabelRule> rules = new ArrayList<>();
        for (Section section : parent.sections(key, "empty or null " + what)) {
            RelabelRule rule = rule(section);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static @Nullable RelabelRule rule(Section section) {
        Action action = action(section);
        List<String> sources = section.texts("source_labels");
        String separator = section.text("separator", RelabelRule.SEPARATOR_DEFAULT);
        String regex = section.text("regex", RelabelRule.REGEX_DEFAULT);
        long modulus = section.number("modulus", 0, 0, Long.MAX_VALUE);
        String target = section.text("target_label", "");
        String replacement = section.text("replacement", RelabelRule.REPLACEMENT_DEFAULT);
        section.end();
        if (action == null) {
            return null;
        }
        check(section, action, target, modulus);
        try {
            return RelabelRule.of(action, sources, separator, regex, modulus, target, replacement);
        } catch (PatternSyntaxException e) {
            section.problem("regex", "not a valid regular expression: " + e.getDescription());
            return null;
        }
    }

    private static @Nullable Action action(Section section) {
        String word = section.text("action", "replace").toLowerCase(Locale.ROOT);
        boolean isNull = section.names().contains("action") && !section.has("action");
        if (word.isEmpty() || isNull) {
            section.problem("action", "the relabel action is empty");
            return null;
        }
        List<String> words =
                Arrays.stream(Action.values())
                        .map(action -> action.name().toLowerCase(Locale.ROOT))
                        .toList();
        int index = words.indexOf(word);
        if (index < 0) {
            section.problem(
                    "action",
                    "unknown relabel action `" + word + "`; known: " + String.join(", ", words));
            return null;
        }
        return Action.values()[index];
    }

    private static void check(Section section, Action action, String target, long modulus) {
        String word = action.name().toLowerCase(Locale.ROOT);
        switch (action) {
            case REPLACE -> needTarget(section, word, target);
            case HASHMOD -> {
                needPlainTarget(section, word, target);
                if (modulus == 0) {
                    section.problem("hashmod needs a modulus of 1 or more");
                }
            }
            case LOWERCASE, UPPERCASE -> {
                needPlainTarget(section, word, target);
                if (!isDefault(section, "replacement", RelabelRule.REPLACEMENT_DEFAULT)) {
                    section.problem("replacement", word + " takes no replacement");
                }
            }
            case KEEPEQUAL, DROPEQUAL -> {
                needTarget(section, word, target);
                if (!onlyDefaults(section, "regex", "modulus", "separator", "replacement")) {
                    section.problem(word + " takes only source_labels and target_label");
                }
            }
            case LABELDROP, LABELKEEP -> {
                boolean only =
                        onlyDefaults(section, "modulus", "separator", "replacement")
                                && !section.has("source_labels")
                                && target.isEmpty();
                if (!only) {
                    section.problem(word + " takes only regex");
                }
            }
            case KEEP, DROP, LABELMAP -> {}
        }
    }

    private static void needTarget(Section section, String word, String target) {
        if (target.isEmpty()) {
            section.problem(word + " needs target_label");
        }
    }

    /// For actions that expand no references: one in the target label is surely a mistake.
    private static void needPlainTarget(Section section, String word, String target) {
        needTarget(section, word, target);
        if (target.contains("$")) {
            section.problem("target_label", word + " takes no $ references in target_label");
        }
    }

    private static boolean onlyDefaults(Section section, String... keys) {
        return Arrays.stream(keys).allMatch(key -> isDefault(section, key, defaultOf(key)));
    }

    private static String defaultOf(String key) {
        return switch (key) {
            case "regex" -> RelabelRule.REGEX_DEFAULT;
            case "separator" -> RelabelRule.SEPARATOR_DEFAULT;
            case "replacement" -> RelabelRule.REPLACEMENT_DEFAULT;
            default -> "0";
        };
    }

    private static boolean isDefault(Section section, String key, String value) {
        return section.text(key, value).equals(value);
    }
}
