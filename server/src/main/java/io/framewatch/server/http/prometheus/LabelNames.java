package io.framewatch.server.http.prometheus;

/// Label names in addresses: a name that is more than letters, digits and underscores travels as
/// `U__` followed by the name with every other character as its code point in hex between
/// underscores (Prometheus's "values" escaping, `prometheus/common/model/metric.go`).
final class LabelNames {

    private LabelNames() {}

    /// The name meant; a malformed escape is taken as it stands.
    static String unescape(String name) {
        if (!name.startsWith("U__")) {
            return name;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 3; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                plain.append(c);
                continue;
            }
            if (i + 1 < name.length() && name.charAt(i + 1) == '_') {
                plain.append('_');
                i++;
                continue;
            }
            int end = name.indexOf('_', i + 1);
            int code = end < 0 ? -1 : codePoint(name.substring(i + 1, end));
            if (code < 0) {
                return name;
            }
            plain.appendCodePoint(code);
            i = end;
        }
        return plain.toString();
    }

    private static int codePoint(String hex) {
        try {
            int code = hex.length() > 6 ? -1 : Integer.parseInt(hex, 16);
            return Character.isValidCodePoint(code) ? code : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
