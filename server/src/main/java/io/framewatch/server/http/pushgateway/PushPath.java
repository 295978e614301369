package io.framewatch.server.http.pushgateway;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Reads a group's labels off a path: `job/JOB/LABEL/VALUE...`, where `NAME@base64` says that the
/// value is URL-safe base 64, so that it may hold slashes or be empty.
final class PushPath {

    private static final String BASE64 = "@base64";
    private static final int LABELS_MAX = 64;

    private PushPath() {}

    /// The labels of what follows `/metrics/`, not decoded. Throws `push_path`.
    static Labels labels(String rawPath) {
        String[] parts = rawPath.split("/", -1);
        int count =
                parts[parts.length - 1].isEmpty() && parts.length % 2 == 1
                        ? parts.length - 1
                        : parts.length;
        if (count % 2 != 0 || count > 2 * LABELS_MAX) {
            throw wrong("A label of the path has no value.");
        }
        Labels.Builder labels = new Labels.Builder();
        for (int i = 0; i < count; i += 2) {
            String name = decoded(parts[i]);
            boolean base64 = name.endsWith(BASE64);
            String plain = base64 ? name.substring(0, name.length() - BASE64.length()) : name;
            String value = base64 ? unpacked(parts[i + 1]) : decoded(parts[i + 1]);
            if (i == 0 && !plain.equals("job")) {
                throw wrong("The path does not begin with job.");
            }
            if (!Labels.isIdentifier(plain, false) || plain.startsWith("__")) {
                throw wrong("The path has a label name that may not be used.");
            }
            if (labels.find(plain) != null) {
                throw wrong("The path names the label " + plain + " twice.");
            }
            if (i == 0 && value.isEmpty()) {
                throw wrong("The job has no name.");
            }
            labels.set(plain, value);
        }
        return labels.build();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("The path is not URL-encoded correctly.");
        }
    }

    private static String unpacked(String text) {
        String bare = decoded(text).replaceAll("=+$", "");
        try {
            return new String(Base64.getUrlDecoder().decode(bare), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("A value of the path is not URL-safe base 64.");
        }
    }

    private static FaultException wrong(String what) {
        return new FaultException(
                Fault.caller(
                        "push_path", what, "Push to /metrics/job/JOB, then /LABEL/VALUE pairs."));
    }
}
