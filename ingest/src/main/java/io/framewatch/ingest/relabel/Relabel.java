package io.framewatch.ingest.relabel;

import com.google.re2j.Matcher;
import io.framewatch.model.Labels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Applies relabelling rules. Stateless, thread safe.
public final class Relabel {

    private Relabel() {}

    /// The labels after all `rules`, in their order, or null if a rule dropped them.
    public static @Nullable Labels apply(Labels labels, List<RelabelRule> rules) {
        if (rules.isEmpty()) {
            return labels;
        }
        Labels.Builder builder = labels.toBuilder();
        return apply(builder, rules) ? builder.build() : null;
    }

    /// Changes `labels` by all `rules`, in their order; false if a rule dropped them.
    public static boolean apply(Labels.Builder labels, List<RelabelRule> rules) {
        for (RelabelRule rule : rules) {
            if (!applyOne(labels, rule)) {
                return false;
            }
        }
        return true;
    }

    /// Which rule drops these labels, counted from 0; -1 if none does.
    public static int droppedBy(Labels.Builder labels, List<RelabelRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (!applyOne(labels, rules.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean applyOne(Labels.Builder labels, RelabelRule rule) {
        String value = joined(labels, rule);
        return switch (rule.action()) {
            case KEEP -> rule.pattern().matches(value);
            case DROP -> !rule.pattern().matches(value);
            case KEEPEQUAL -> labels.get(rule.targetLabel()).equals(value);
            case DROPEQUAL -> !labels.get(rule.targetLabel()).equals(value);
            case REPLACE -> replace(labels, rule, value);
            case HASHMOD -> set(labels, rule.targetLabel(), hashmod(value, rule.modulus()));
            case LOWERCASE -> set(labels, rule.targetLabel(), value.toLowerCase(Locale.ROOT));
            case UPPERCASE -> set(labels, rule.targetLabel(), value.toUpperCase(Locale.ROOT));
            case LABELMAP -> labelmap(labels, rule);
            case LABELDROP -> dropNames(labels, rule, true);
            case LABELKEEP -> dropNames(labels, rule, false);
        };
    }

    private static String joined(Labels.Builder labels, RelabelRule rule) {
        List<String> sources = rule.sourceLabels();
        if (sources.size() == 1) {
            return labels.get(sources.getFirst());
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < sources.size(); i++) {
            out.append(i == 0 ? "" : rule.separator()).append(labels.get(sources.get(i)));
        }
        return out.toString();
    }

    private static boolean set(Labels.Builder labels, String name, String value) {
        labels.set(name, value);
        return true;
    }

    private static boolean replace(Labels.Builder labels, RelabelRule rule, String value) {
        Matcher match = rule.pattern().matcher(value);
        if (!match.matches()) {
            return true;
        }
        String target = Template.expand(rule.targetLabel(), match);
        if (!target.isEmpty()) {
            labels.set(target, Template.expand(rule.replacement(), match));
        }
        return true;
    }

    private static boolean labelmap(Labels.Builder labels, RelabelRule rule) {
        for (String name : labels.names()) {
            Matcher match = rule.pattern().matcher(name);
            if (match.matches()) {
                String target = Template.expand(rule.replacement(), match);
                if (!target.isEmpty()) {
                    labels.set(target, labels.get(name));
                }
            }
        }
        return true;
    }

    private static boolean dropNames(Labels.Builder labels, RelabelRule rule, boolean matching) {
        for (String name : labels.names()) {
            if (rule.pattern().matches(name) == matching) {
                labels.remove(name);
            }
        }
        return true;
    }

    /// The last eight bytes of the text's MD5, as an unsigned big-endian number, modulo `modulus`:
    /// the function Prometheus uses, so that shards agree with it.
    @SuppressWarnings("java:S4790") // spreads targets over shards, protects nothing
    private static String hashmod(String text, long modulus) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            long hash = 0;
            for (int i = 8; i < 16; i++) {
                hash = hash << 8 | digest[i] & 0xffL;
            }
            return Long.toUnsignedString(Long.remainderUnsigned(hash, modulus));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }
}
