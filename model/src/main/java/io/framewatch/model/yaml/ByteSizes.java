package io.framewatch.model.yaml;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes such as `64MB`, in powers of 1024 as Prometheus counts them.
final class ByteSizes {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([KMGTPE]?)I?B?");
    private static final String PREFIXES = "KMGTPE";

    private ByteSizes() {}

    /// Bytes, or -1 if `text` is no size or too large for a long.
    static long parse(String text) {
        Matcher parts = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            return -1;
        }
        String prefix = parts.group(2);
        int shift = prefix.isEmpty() ? 0 : 10 * (PREFIXES.indexOf(prefix) + 1);
        long count = Long.parseLong(parts.group(1));
        return count > (Long.MAX_VALUE >> shift) ? -1 : count << shift;
    }
}
