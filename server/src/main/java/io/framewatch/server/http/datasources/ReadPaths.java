package io.framewatch.server.http.datasources;

import io.framewatch.server.config.DatasourceSettings;
import java.util.Locale;
import java.util.regex.Pattern;

/// The paths that only read, for each kind of server, and the methods they take. Everything else is
/// refused: this server's credentials there must not serve for more.
final class ReadPaths {

    private static final Pattern CLEAN = Pattern.compile("(/[A-Za-z0-9_.:%~-]+)+");
    private static final Pattern HIDDEN = Pattern.compile("%(2e|2f|5c|00|25)");

    private static final Pattern PROMETHEUS =
            Pattern.compile(
                    "/api/v1/(query|query_range|query_exemplars|series|labels|label/[^/]+/values"
                            + "|metadata|rules|alerts|targets|format_query|parse_query"
                            + "|status/(buildinfo|tsdb|runtimeinfo))");

    private static final Pattern LOKI =
            Pattern.compile(
                    "/loki/api/v1/(query|query_range|labels|label|label/[^/]+/values|series"
                            + "|patterns|detected_fields|detected_labels|status/buildinfo"
                            + "|index/(stats|volume|volume_range))");

    private static final Pattern JAEGER =
            Pattern.compile(
                    "/api/(services|services/[^/]+/operations|operations|traces|traces/[^/]+"
                            + "|dependencies)");

    private static final Pattern TEMPO =
            Pattern.compile(
                    "/api/(echo|search|search/tags|search/tag/[^/]+/values|traces/[^/]+"
                            + "|v2/(search/tags|search/tag/[^/]+/values|traces/[^/]+)"
                            + "|metrics/(query|query_range)|status/buildinfo)");

    private static final Pattern POSTED =
            Pattern.compile(".*/v1/(query|query_range|query_exemplars|series|labels)");

    private ReadPaths() {}

    /// Whether this may be asked.
    ///
    /// @param path the path below the server's address, as it was sent
    static boolean allows(DatasourceSettings.Type type, String method, String path) {
        boolean clean =
                CLEAN.matcher(path).matches()
                        && !path.contains("..")
                        && !path.contains("/./")
                        && !HIDDEN.matcher(path.toLowerCase(Locale.ROOT)).find();
        boolean posted = method.equals("POST") && POSTED.matcher(path).matches();
        return clean && (posted || method.equals("GET")) && pattern(type).matcher(path).matches();
    }

    private static Pattern pattern(DatasourceSettings.Type type) {
        return switch (type) {
            case PROMETHEUS -> PROMETHEUS;
            case LOKI -> LOKI;
            case JAEGER -> JAEGER;
            case TEMPO -> TEMPO;
        };
    }
}
