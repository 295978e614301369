package io.framewatch.server.http.prometheus;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Bodies;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of one API request, from the form body of a POST first and then from the address,
/// with the complaints Prometheus has. Not thread safe.
public final class ApiRequest {

    /// Longest form, bytes.
    static final int FORM_BYTES_MAX = 4 * 1024 * 1024;

    private static final int PARAMETERS_MAX = 10_000;

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private int count;

    public static ApiRequest of(ServerRequest req) {
        ApiRequest request = new ApiRequest();
        if (req.prologue().method().equals(Method.POST) && isForm(req)) {
            request.addAll(Bodies.text(req, FORM_BYTES_MAX));
        }
        request.addAll(req.query().rawValue());
        return request;
    }

    private static boolean isForm(ServerRequest req) {
        return req.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
    }

    private void addAll(String encoded) {
        for (String pair : encoded.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > PARAMETERS_MAX) {
                throw bad("More than " + PARAMETERS_MAX + " parameters were sent.");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FaultException(
                    Fault.caller(
                            "parameter_invalid",
                            "A parameter is not URL-encoded correctly.",
                            "Encode % as %25."),
                    e);
        }
    }

    /// The first value of a parameter, empty if absent.
    public String text(String name) {
        List<String> values = parameters.get(name);
        return values == null ? "" : values.getFirst();
    }

    /// All values of a parameter.
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /// A time, Unix milliseconds.
    public long timeMs(String name, long otherwiseMs) {
        String text = text(name);
        return text.isEmpty() ? otherwiseMs : parse(name, text, ApiTimes.timeMs(text), "timestamp");
    }

    /// A time that must be given, Unix milliseconds.
    long requiredTimeMs(String name) {
        return parse(name, text(name), ApiTimes.timeMs(text(name)), "timestamp");
    }

    /// A duration that must be given, milliseconds.
    long requiredDurationMs(String name) {
        return parse(name, text(name), ApiTimes.durationMs(text(name)), "duration");
    }

    /// A duration, milliseconds.
    public long durationMs(String name, long otherwiseMs) {
        String text = text(name);
        return text.isEmpty()
                ? otherwiseMs
                : parse(name, text, ApiTimes.durationMs(text), "duration");
    }

    private static long parse(String name, String text, @Nullable Long parsed, String kind) {
        if (parsed == null) {
            throw bad(
                    "invalid parameter \""
                            + name
                            + "\": cannot parse \""
                            + text
                            + "\" to a valid "
                            + kind);
        }
        return parsed;
    }

    /// The parameter `limit`: 0 means none.
    public int limit() {
        String text = text("limit");
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long limit = Long.parseLong(text);
            if (limit < 0) {
                throw bad("invalid parameter \"limit\": limit must be non-negative");
            }
            return (int) Math.min(limit, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw bad("invalid parameter \"limit\": cannot parse \"" + text + "\" to a number");
        }
    }

    public static FaultException bad(String what) {
        return new FaultException(
                Fault.caller("parameter_invalid", what, "Correct the parameter."));
    }
}
