package io.framewatch.template;

/// Hosts and ports in addresses, as Go's `net.SplitHostPort` takes them apart.
final class HostNames {

    private HostNames() {}

    /// The host of `host:port`; anything else as it is.
    static String stripPort(String address) {
        int colon = portColon(address);
        return colon < 0 ? address : host(address, colon);
    }

    /// The first part of a host name, the port kept; numeric addresses as they are.
    static String stripDomain(String address) {
        int colon = portColon(address);
        String host = colon < 0 ? address : host(address, colon);
        if (host.contains(":") || host.matches("[0-9.]+")) {
            return address;
        }
        String first = host.split("\\.", 2)[0];
        return colon < 0 ? first : first + address.substring(colon);
    }

    private static String host(String address, int colon) {
        String host = address.substring(0, colon);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Where the colon before the port stands, -1 if the address has no port.
    private static int portColon(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return -1;
        }
        if (address.startsWith("[")) {
            return address.charAt(colon - 1) == ']' ? colon : -1;
        }
        return address.indexOf(':') == colon ? colon : -1;
    }
}
