package io.framewatch.video.inventory;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an inventory from YAML. Every problem is reported at once, with file, line and column;
/// unknown keys are answered with the nearest known one. The keys are listed in
/// `docs/reference/configuration.md`.
public final class InventoryFile {

    /// Largest file accepted, bytes.
    public static final int FILE_BYTES_MAX = 8 * 1024 * 1024;

    private static final int FPS_MAX = 1_000;
    private static final int SIDE_PIXELS_MAX = 32_768;
    private static final int FREEZE_SECONDS_MAX = 86_400;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern RESOLUTION = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern BITRATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)([kMG]?)");

    private final YamlProblems problems = new YamlProblems();
    private final Set<String> siteIds = new HashSet<>();
    private final Set<String> deviceIds = new HashSet<>();
    private final Set<String> cameraIds = new HashSet<>();
    private final Set<String> streamIds = new HashSet<>();
    private final List<String> streamOrder = new ArrayList<>();

    private InventoryFile() {}

    /// Reads a file. Throws [FaultException] with code `inventory_unreadable` if it cannot be read,
    /// `inventory_invalid` if it says something that cannot be understood.
    public static Inventory read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw unreadable(file, "is larger than 8 MiB", null);
            }
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static FaultException unreadable(Path file, String why, @Nullable IOException cause) {
        Fault fault =
                Fault.operator(
                        "inventory_unreadable",
                        "The inventory file " + file + " " + why + ".",
                        "Check the path and its permissions.");
        return cause == null ? new FaultException(fault) : new FaultException(fault, cause);
    }

    /// Reads a text; `file` is its name in messages. Throws [FaultException] with code
    /// `inventory_invalid`.
    public static Inventory parse(String file, String text) {
        InventoryFile reader = new InventoryFile();
        YamlMap root = YamlValue.parse(file, text, reader.problems).map();
        Inventory inventory = reader.inventory(root);
        reader.problems.throwIfAny("inventory_invalid");
        return inventory;
    }

    private Inventory inventory(YamlMap root) {
        String title = root.text("title", "");
        List<Site> sites = root.list("sites").stream().map(v -> site(v.map())).toList();
        List<Pipeline> pipelines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlValue value : root.list("pipelines")) {
            pipelines.add(pipeline(value.map(), ids));
        }
        root.rejectUnknown();
        if (problems.isEmpty() && streamIds.isEmpty()) {
            root.at().problem("no stream is listed; add `sites` with `cameras`");
        }
        if (streamIds.size() > Inventory.STREAMS_MAX) {
            root.at().problem("more than " + Inventory.STREAMS_MAX + " streams");
        }
        return new Inventory(title, sites, pipelines);
    }

    private Site site(YamlMap map) {
        String id = id(map, siteIds, "site");
        String name = map.text("name", id);
        List<Device> devices = map.list("devices").stream().map(v -> device(v.map())).toList();
        List<Camera> cameras = map.list("cameras").stream().map(v -> camera(v.map())).toList();
        map.rejectUnknown();
        return new Site(id, name, devices, cameras);
    }

    private Device device(YamlMap map) {
        String id = id(map, deviceIds, "device");
        Device device = new Device(id, map.text("name", id));
        map.rejectUnknown();
        return device;
    }

    private Camera camera(YamlMap map) {
        String id = id(map, cameraIds, "camera");
        String name = map.text("name", id);
        String device = map.text("device", "");
        if (!device.isEmpty() && !deviceIds.contains(device)) {
            map.keyAt("device").problem("no device `" + device + "` at this site");
        }
        List<VideoStream> streams = new ArrayList<>();
        if (map.has("streams")) {
            for (YamlValue value : map.list("streams")) {
                streams.add(stream(value.map(), "", name));
            }
        } else {
            streams.add(stream(map, id, name));
        }
        map.rejectUnknown();
        return new Camera(id, name, device, streams);
    }

    /// A stream of its own, or, for cameras with one stream, the stream's keys in the camera.
    private VideoStream stream(YamlMap map, String cameraId, String cameraName) {
        boolean inCamera = !cameraId.isEmpty();
        String id =
                inCamera
                        ? unique(cameraId, map, streamIds, "stream")
                        : id(map, streamIds, "stream");
        streamOrder.add(id);
        String name = inCamera ? cameraName : map.text("name", cameraName);
        int[] size = resolution(map);
        VideoStream stream =
                new VideoStream(
                        id,
                        name,
                        urls(map),
                        bounded(map, "fps", 0, FPS_MAX),
                        bitrate(map),
                        map.text("codec", ""),
                        size[0],
                        size[1],
                        schedule(map),
                        (int) map.whole("priority", VideoStream.PRIORITY_DEFAULT, 1, 9),
                        bounded(
                                map,
                                "freeze_seconds",
                                VideoStream.FREEZE_SECONDS_DEFAULT,
                                FREEZE_SECONDS_MAX));
        if (!inCamera) {
            map.rejectUnknown();
        }
        return stream;
    }

    private List<String> urls(YamlMap map) {
        List<String> urls = new ArrayList<>();
        if (map.has("url")) {
            urls.add(map.text("url", ""));
        }
        urls.addAll(map.texts("urls"));
        if (urls.isEmpty()) {
            map.at().problem("`url` is missing");
        }
        for (String url : urls) {
            if (!Addresses.isWatchable(url)) {
                map.keyAt(map.has("url") ? "url" : "urls")
                        .problem("expected an address that starts with " + Addresses.KNOWN);
            }
        }
        return urls;
    }

    private static double bounded(YamlMap map, String key, double otherwise, double max) {
        double number = map.number(key, otherwise);
        if (!(number >= 0 && number <= max)) {
            map.keyAt(key).problem("`" + key + "` must be 0 to " + (long) max);
            return otherwise;
        }
        return number;
    }

    private static long bitrate(YamlMap map) {
        String text = map.text("bitrate", "0");
        Matcher matcher = BITRATE.matcher(text);
        if (!matcher.matches()) {
            map.keyAt("bitrate").problem("expected bits per second such as 600k or 4M");
            return 0;
        }
        double factor =
                switch (matcher.group(2)) {
                    case "k" -> 1e3;
                    case "M" -> 1e6;
                    case "G" -> 1e9;
                    default -> 1;
                };
        return Math.round(Double.parseDouble(matcher.group(1)) * factor);
    }

    private static int[] resolution(YamlMap map) {
        String text = map.text("resolution", "");
        if (text.isEmpty()) {
            return new int[2];
        }
        Matcher matcher = RESOLUTION.matcher(text);
        if (matcher.matches()) {
            int width = Integer.parseInt(matcher.group(1));
            int height = Integer.parseInt(matcher.group(2));
            if (width > 0 && height > 0 && Math.max(width, height) <= SIDE_PIXELS_MAX) {
                return new int[] {width, height};
            }
        }
        map.keyAt("resolution").problem("expected width x height such as 1920x1080");
        return new int[2];
    }

    private static Schedule schedule(YamlMap map) {
        Optional<Schedule> schedule = Schedule.parse(map.text("schedule", "always"));
        if (schedule.isEmpty()) {
            map.keyAt("schedule")
                    .problem("expected `always` or days and hours such as `Mon-Fri 08:00-20:00`");
        }
        return schedule.orElse(Schedule.ALWAYS);
    }

    private Pipeline pipeline(YamlMap map, Set<String> ids) {
        String id = id(map, ids, "pipeline");
        String name = map.text("name", id);
        List<String> streams = map.has("streams") ? map.texts("streams") : List.copyOf(streamOrder);
        for (String stream : streams) {
            if (!streamIds.contains(stream)) {
                map.keyAt("streams").problem("no stream `" + stream + "` in this inventory");
            }
        }
        Set<String> stageIds = new HashSet<>();
        List<Stage> stages = new ArrayList<>();
        for (YamlValue value : map.list("stages")) {
            stages.add(stage(value.map(), stageIds));
        }
        map.rejectUnknown();
        return new Pipeline(id, name, streams, stages);
    }

    private Stage stage(YamlMap map, Set<String> ids) {
        String id = id(map, ids, "stage");
        String word = map.text("kind", id);
        Optional<StageKind> kind = StageKind.of(word);
        if (kind.isEmpty() && !id.isEmpty()) {
            List<String> known = Arrays.stream(StageKind.values()).map(StageKind::word).toList();
            map.keyAt("kind").problem("`kind` must be one of " + String.join(", ", known));
        }
        Stage stage = new Stage(id, kind.orElse(StageKind.ENCODE), map.text("name", id));
        map.rejectUnknown();
        return stage;
    }

    private static String id(YamlMap map, Set<String> taken, String what) {
        String id = map.required("id");
        return id.isEmpty() ? id : unique(id, map, taken, what);
    }

    private static String unique(String id, YamlMap map, Set<String> taken, String what) {
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            map.keyAt("id").problem("an id is 1 to 100 of the characters A-Z a-z 0-9 _ . -");
        } else if (!taken.add(id)) {
            map.keyAt("id").problem("the " + what + " id `" + id + "` stands here twice");
        }
        return id;
    }
}
