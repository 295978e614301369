package io.framewatch.server.config;

import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.store.SeriesLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the section `store` of `framewatch.yml`.
final class StoreSection {

    private static final long WAL_BYTES_MIN = 64L << 20;
    private static final long HOT_BYTES_MIN = 1L << 20;
    private static final int DAYS_MAX = 36_500;

    private final Function<String, Path> paths;

    /// @param paths makes a path that the file names absolute
    StoreSection(Function<String, Path> paths) {
        this.paths = paths;
    }

    StoreSettings read(YamlMap map) {
        StoreSettings defaults = StoreSettings.DEFAULT;
        String named = map.textOrNull("folder");
        StoreSettings store =
                new StoreSettings(
                        named == null ? defaults.folder() : paths.apply(named),
                        map.durationMs("retention", defaults.retentionMs()),
                        (int)
                                map.whole(
                                        "seriesPerTenantMax",
                                        defaults.seriesPerTenantMax(),
                                        1,
                                        Integer.MAX_VALUE),
                        map.bool("durable", defaults.durable()),
                        map.sizeBytes("engineMemory", defaults.engineMemoryBytes()),
                        limits(map),
                        series(map));
        map.rejectUnknown();
        return store;
    }

    private static SeriesLimits series(YamlMap map) {
        SeriesLimits defaults = SeriesLimits.DEFAULT;
        return new SeriesLimits(
                count(map, "seriesPerMetricMax", defaults.perMetricMax()),
                count(map, "labelsPerSeriesMax", defaults.labelsMax()),
                count(map, "labelNameLengthMax", defaults.nameLengthMax()),
                count(map, "labelValueLengthMax", defaults.valueLengthMax()));
    }

    private static int count(YamlMap map, String key, int ifAbsent) {
        return (int) map.whole(key, ifAbsent, 1, Integer.MAX_VALUE);
    }

    private DurableSettings limits(YamlMap map) {
        DurableSettings defaults = DurableSettings.DEFAULT;
        return new DurableSettings(
                size(map, "walMax", defaults.walBytesMax(), WAL_BYTES_MIN),
                map.durationMs("flushInterval", defaults.flushIntervalMs()),
                size(map, "hotMemory", defaults.hotBytesMax(), HOT_BYTES_MIN),
                map.durationMs("hotAge", defaults.hotAgeMs()),
                map.durationMs("warmUp", defaults.warmUpMs()),
                days(map, "retentionHot", defaults.hotDays()),
                days(map, "retentionCold", defaults.days()),
                map.sizeBytes("diskMax", defaults.diskBytesMax()),
                map.sizeBytes("diskFreeMin", defaults.diskFreeBytesMin()),
                clickHouse(map.map("clickhouse")));
    }

    private static long size(YamlMap map, String key, long otherwise, long least) {
        YamlValue value = map.find(key);
        if (value == null) {
            return otherwise;
        }
        long bytes = value.sizeBytes();
        if (bytes < least) {
            value.problem("expected " + (least >> 20) + "MB or more");
            return otherwise;
        }
        return bytes;
    }

    private static int days(YamlMap map, String key, int otherwise) {
        YamlValue value = map.find(key);
        if (value == null) {
            return otherwise;
        }
        long ms = value.durationMs();
        Duration duration = Duration.ofMillis(ms);
        if (ms < 0
                || !Duration.ofDays(duration.toDays()).equals(duration)
                || duration.toDays() > DAYS_MAX) {
            value.problem("expected whole days, such as 15d, or 0d for no end");
            return otherwise;
        }
        return (int) duration.toDays();
    }

    private @Nullable ClickHouseSettings clickHouse(YamlMap map) {
        YamlValue url = map.find("url");
        String user = map.text("user", "default");
        String passwordFile = map.textOrNull("passwordFile");
        String caFile = map.textOrNull("caFile");
        map.rejectUnknown();
        if (url == null) {
            return null;
        }
        URI uri = httpUri(url.text());
        if (uri == null) {
            url.problem("expected http://HOST:PORT or https://HOST:PORT, without a password");
            return null;
        }
        return new ClickHouseSettings(
                uri,
                user,
                passwordFile == null ? null : paths.apply(passwordFile),
                caFile == null ? null : paths.apply(caFile));
    }

    private static @Nullable URI httpUri(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isHttp && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
        } catch (URISyntaxException none) {
            return null;
        }
    }
}
