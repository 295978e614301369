package io.framewatch.ingest.discover.find;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Writes `host:port`.
public final class Addresses {

    private Addresses() {}

    /// Host and port joined: the dot at the end of a full name goes, an IPv6 address stands in
    /// brackets and in its short form (RFC 5952).
    public static String of(String host, int port) {
        if (host.indexOf(':') >= 0) {
            return "[" + shortForm(host) + "]:" + port;
        }
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host) + ":" + port;
    }

    private static String shortForm(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address); // a literal: nobody is asked
            return parsed instanceof Inet6Address ? compressed(parsed.getAddress()) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static String compressed(byte[] bytes) {
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && word(bytes, i + run) == 0) {
                run++;
            }
            if (run > length) {
                from = i;
                length = run;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                out.append("::");
                i += length - 1;
            } else {
                boolean colon = !out.isEmpty() && out.charAt(out.length() - 1) != ':';
                out.append(colon ? ":" : "").append(Integer.toHexString(word(bytes, i)));
            }
        }
        return out.toString();
    }

    private static int word(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }
}
