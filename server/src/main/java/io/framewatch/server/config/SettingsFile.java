package io.framewatch.server.config;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.server.dashboards.BoardLimits;
import io.framewatch.server.dashboards.FolderSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `framewatch.yml`. Every key is optional; what is wrong is reported all at once as
/// `file:line:column: text`, an unknown key with the nearest known one. Paths are taken from the
/// file's folder.
public final class SettingsFile {

    /// Largest file read, bytes.
    public static final int FILE_BYTES_MAX = 1024 * 1024;

    private final Path folder;

    private SettingsFile(Path folder) {
        this.folder = folder;
    }

    /// The settings in `file`. Throws `config_unreadable` or `config_invalid`.
    public static Settings read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw unreadable(file, "it is larger than 1 MiB", null);
            }
            return parse(file.toString(), Files.readString(file), file.toAbsolutePath());
        } catch (IOException e) {
            throw unreadable(file, "it is missing, no UTF-8 text, or access is denied", e);
        }
    }

    private static FaultException unreadable(Path file, String why, @Nullable Exception cause) {
        Fault fault =
                Fault.operator(
                        "config_unreadable",
                        "The configuration " + file + " cannot be read: " + why + ".",
                        "Name a readable file with --config.");
        return cause == null ? new FaultException(fault) : new FaultException(fault, cause);
    }

    /// The settings in `text`; `name` is used in messages, `at` is where the file lies.
    static Settings parse(String name, String text, Path at) {
        YamlProblems problems = new YamlProblems();
        Path parent = at.getParent();
        SettingsFile file = new SettingsFile(parent == null ? Path.of("") : parent);
        Settings settings = file.settings(YamlValue.parse(name, text, problems).map());
        problems.throwIfAny("config_invalid");
        return settings;
    }

    private Settings settings(YamlMap map) {
        Settings defaults = Settings.DEFAULT;
        YamlMap listen = map.map("listen");
        Settings settings =
                new Settings(
                        defaults.mode(),
                        map.text("title", defaults.title()),
                        listen(listen),
                        grpc(listen),
                        new AccessSection(this::inFolder).read(map.map("access")),
                        LimitSection.read(map.map("limits")),
                        new StoreSection(this::path).read(map.map("store")),
                        host(map.map("host")),
                        prometheus(map.map("prometheus")),
                        map.texts("rules").stream().map(this::path).toList(),
                        pathOrNull(map.textOrNull("inventory")),
                        receivers(map.list("receivers")),
                        dashboards(map.map("dashboards")),
                        new DatasourceSection(this::inFolder).read(map.list("datasources")),
                        sharing(map.map("sharing")),
                        new ForwardSection(this::inFolder).read(map.map("forward")),
                        promql(map.map("promql")));
        listen.rejectUnknown();
        map.rejectUnknown();
        return settings;
    }

    private static ListenSettings listen(YamlMap map) {
        YamlValue address = map.find("address");
        if (address == null) {
            return ListenSettings.DEFAULT;
        }
        ListenSettings listen = ListenSettings.parse(address.text());
        if (listen == null) {
            address.problem("expected HOST:PORT, for example 127.0.0.1:9090");
            return ListenSettings.DEFAULT;
        }
        return listen;
    }

    private static GrpcSettings grpc(YamlMap map) {
        YamlValue address = map.find("grpc");
        if (address == null) {
            return GrpcSettings.DEFAULT;
        }
        if (List.of("off", "false").contains(address.text())) {
            return GrpcSettings.OFF;
        }
        ListenSettings listen = ListenSettings.parse(address.text(), GrpcSettings.PORT);
        if (listen == null) {
            address.problem("expected HOST:PORT, for example 127.0.0.1:4317, or off");
            return GrpcSettings.DEFAULT;
        }
        return GrpcSettings.at(listen);
    }

    private static HostSettings host(YamlMap map) {
        HostSettings defaults = HostSettings.DEFAULT;
        HostSettings host =
                new HostSettings(
                        map.bool("enabled", defaults.enabled()),
                        map.durationMs("interval", defaults.intervalMs()));
        map.rejectUnknown();
        return host;
    }

    private @Nullable Path prometheus(YamlMap map) {
        Path file = pathOrNull(map.textOrNull("config"));
        map.rejectUnknown();
        return file;
    }

    private DashboardSettings dashboards(YamlMap map) {
        BoardLimits defaults = BoardLimits.DEFAULT;
        List<FolderSettings> folders = new ArrayList<>();
        for (YamlValue item : map.list("folders")) {
            YamlMap folder = item.map();
            folders.add(
                    new FolderSettings(
                            path(folder.required("path")),
                            folder.textOrNull("folder"),
                            folder.bool("editable", false)));
            folder.rejectUnknown();
        }
        YamlValue size = map.find("boardBytesMax");
        long boardBytes = map.sizeBytes("boardBytesMax", defaults.boardBytesMax());
        if (size != null && (boardBytes < 1_024 || boardBytes > 64 << 20)) {
            size.problem("`boardBytesMax` must be 1KB to 64MB");
        }
        BoardLimits limits =
                new BoardLimits(
                        (int) boardBytes,
                        (int) map.whole("boardsMax", defaults.boardsMax(), 1, 1_000_000),
                        (int) map.whole("versionsMax", defaults.versionsMax(), 1, 10_000),
                        map.sizeBytes("storeBytesMax", defaults.storeBytesMax()));
        map.rejectUnknown();
        return new DashboardSettings(folders, limits);
    }

    private static SharingSettings sharing(YamlMap map) {
        SharingSettings defaults = SharingSettings.DEFAULT;
        SharingSettings sharing =
                new SharingSettings(
                        map.durationMs("keep", defaults.keepMs()),
                        map.sizeBytes("bytesMax", defaults.bytesMax()));
        map.rejectUnknown();
        return sharing;
    }

    private static PromqlSettings promql(YamlMap map) {
        PromqlSettings promql =
                new PromqlSettings(
                        map.bool("startTimestamps", PromqlSettings.DEFAULT.startTimestamps()));
        map.rejectUnknown();
        return promql;
    }

    private static List<ReceiverSettings> receivers(List<YamlValue> items) {
        List<ReceiverSettings> receivers = new ArrayList<>();
        for (YamlValue item : items) {
            YamlMap map = item.map();
            String name = map.required("name");
            String address = map.required("url");
            map.rejectUnknown();
            URI url = webAddress(address);
            if (url == null) {
                map.keyAt("url").problem("expected an http or https address");
            } else {
                receivers.add(new ReceiverSettings(name, url));
            }
        }
        return List.copyOf(receivers);
    }

    static @Nullable URI webAddress(String address) {
        try {
            URI url = URI.create(address);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable Path pathOrNull(@Nullable String name) {
        return name == null ? null : path(name);
    }

    private Path inFolder(Path path) {
        return folder.resolve(path).normalize();
    }

    private Path path(String name) {
        return folder.resolve(name).normalize();
    }
}
