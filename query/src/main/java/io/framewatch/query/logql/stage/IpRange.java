package io.framewatch.query.logql.stage;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.math.BigInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An address, a range `a-b` or a prefix `a/n`; accepts texts that contain an address of it. IPv4
/// and IPv6.
///
/// @param first lowest address
/// @param last highest address
/// @param bytes 4 or 16
public record IpRange(BigInteger first, BigInteger last, int bytes) implements Predicate<String> {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}");

    /// Reads `10.0.0.1`, `10.0.0.1-10.0.0.9`, `10.0.0.0/8`, or the same of IPv6.
    public static IpRange parse(String text) {
        String[] ends = text.split("-", -1);
        String[] prefix = text.split("/", -1);
        if (ends.length == 2) {
            byte @Nullable [] from = address(ends[0].strip());
            byte @Nullable [] to = address(ends[1].strip());
            if (from != null && to != null && from.length == to.length) {
                return new IpRange(new BigInteger(1, from), new BigInteger(1, to), from.length);
            }
        } else if (prefix.length == 2) {
            byte @Nullable [] base = address(prefix[0]);
            int bits = prefix[1].matches("\\d{1,3}") ? Integer.parseInt(prefix[1]) : -1;
            if (base != null && bits >= 0 && bits <= base.length * 8) {
                BigInteger size = BigInteger.ONE.shiftLeft(base.length * 8 - bits);
                BigInteger low = new BigInteger(1, base).divide(size).multiply(size);
                return new IpRange(low, low.add(size).subtract(BigInteger.ONE), base.length);
            }
        } else {
            byte @Nullable [] one = address(text);
            if (one != null) {
                return new IpRange(new BigInteger(1, one), new BigInteger(1, one), one.length);
            }
        }
        throw new FaultException(
                Fault.caller(
                        "logql_parse",
                        "ip(\"" + text + "\") is no address, range or prefix.",
                        "Write ip(\"10.0.0.1\"), ip(\"10.0.0.1-10.0.0.9\") or ip(\"10.0.0.0/8\")."));
    }

    @Override
    public boolean test(String text) {
        Matcher found = (bytes == 4 ? V4 : V6).matcher(text);
        while (found.find()) {
            byte @Nullable [] address = address(found.group());
            if (address != null
                    && address.length == bytes
                    && contains(new BigInteger(1, address))) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(BigInteger address) {
        return address.compareTo(first) >= 0 && address.compareTo(last) <= 0;
    }

    private static byte @Nullable [] address(String text) {
        return text.indexOf(':') >= 0 ? v6(text) : v4(text);
    }

    private static byte @Nullable [] v4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] out = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (parts.length != 4
                    || !parts[i].matches("\\d{1,3}")
                    || Integer.parseInt(parts[i]) > 255) {
                return null;
            }
            out[i] = (byte) Integer.parseInt(parts[i]);
        }
        return out;
    }

    private static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        int filled = head.length + tail.length;
        if (gap < 0 ? filled != 8 : filled > 7) {
            return null;
        }
        byte[] out = new byte[16];
        return put(out, head, 0) && put(out, tail, 8 - tail.length) ? out : null;
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean put(byte[] out, String[] groups, int from) {
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].matches("[0-9a-fA-F]{1,4}")) {
                return false;
            }
            int value = Integer.parseInt(groups[i], 16);
            out[2 * (from + i)] = (byte) (value >> 8);
            out[2 * (from + i) + 1] = (byte) value;
        }
        return true;
    }
}
