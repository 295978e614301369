package io.framewatch.server.dashboards;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.files.SafeFiles;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The dashboards in a folder of the operator, looked at again when asked after ten seconds; only
/// files that changed are read again. Thread safe.
final class BoardFolder {

    private static final long FRESH_NS = Duration.ofSeconds(10).toNanos();
    private static final int DEPTH_MAX = 10;
    private static final int PROBLEMS_MAX = 1_000;
    private static final Pattern PLACED = Pattern.compile(".*?(\\d+):(\\d+): (.*?)\\.?");

    private final FolderSettings settings;
    private final BoardLimits limits;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Seen> files = Map.of();
    private Map<String, BoardInfo> boards = Map.of();
    private List<BoardProblem> problems = List.of();
    private boolean looked;
    private long lookedNs;

    /// A file as it was when it was read.
    private record Seen(
            long modifiedMs, long size, @Nullable BoardInfo info, @Nullable BoardProblem problem) {}

    BoardFolder(FolderSettings settings, BoardLimits limits, Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
    }

    boolean editable() {
        return settings.editable();
    }

    /// Its dashboards, the first of each uid.
    Collection<BoardInfo> all() {
        return fresh().values();
    }

    /// What is known of a dashboard, or null.
    @Nullable BoardInfo info(String uid) {
        return fresh().get(uid);
    }

    /// What is wrong with its files.
    List<BoardProblem> problems() {
        fresh();
        lock.lock();
        try {
            return problems;
        } finally {
            lock.unlock();
        }
    }

    /// A dashboard as its file says now, or null.
    @Nullable Board get(String uid) throws IOException {
        BoardInfo info = info(uid);
        if (info == null || info.file() == null) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(settings.path().resolve(info.file()));
        ObjectNode board = BoardJson.unwrapped(BoardJson.read(bytes));
        return new Board(info(info.file(), bytes, board, info.updatedAtMs()), board);
    }

    /// Replaces the file of a dashboard and returns when it is on disk.
    BoardInfo save(BoardInfo old, ObjectNode board) throws IOException {
        Path root = settings.path().toRealPath();
        Path file = settings.path().resolve(String.valueOf(old.file())).toRealPath();
        if (!file.startsWith(root)) {
            throw new FaultException(
                    Fault.operator(
                            "dashboard_read_only",
                            "The file " + old.file() + " is a link to outside of its folder.",
                            "Save the dashboard under another uid, or replace the link."));
        }
        byte[] bytes = BoardJson.pretty(board);
        SafeFiles.replace(file, bytes);
        forget();
        return info(String.valueOf(old.file()), bytes, board, clock.nowMs());
    }

    /// Looks at the files again when it is asked next.
    void forget() {
        lock.lock();
        try {
            looked = false;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, BoardInfo> fresh() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            if (!looked || now - lookedNs >= FRESH_NS) {
                look();
                looked = true;
                lookedNs = now;
            }
            return boards;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        Map<String, Seen> seen = new TreeMap<>();
        List<BoardProblem> wrong = new ArrayList<>();
        try (Stream<Path> all =
                Files.walk(settings.path(), DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> found =
                    all.filter(this::wanted).sorted().limit(limits.boardsMax() + 1L).toList();
            if (found.size() > limits.boardsMax()) {
                wrong.add(whole("it holds more than " + limits.boardsMax() + " dashboards"));
            }
            for (Path file : found.subList(0, Math.min(found.size(), limits.boardsMax()))) {
                seen.put(settings.path().relativize(file).toString(), seen(file));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            wrong.add(whole("it is missing or cannot be read"));
        }
        files = seen;
        index(wrong);
    }

    /// Hidden folders hold what other programs keep, such as `.git` and the targets of links that
    /// Kubernetes makes.
    private boolean wanted(Path file) {
        String name = settings.path().relativize(file).toString();
        return name.endsWith(".json")
                && !name.startsWith(".")
                && !name.contains("/.")
                && Files.isRegularFile(file);
    }

    private Seen seen(Path file) {
        String name = settings.path().relativize(file).toString();
        try {
            long modified = Files.getLastModifiedTime(file).toMillis();
            long size = Files.size(file);
            Seen known = files.get(name);
            if (known != null && known.modifiedMs == modified && known.size == size) {
                return known;
            }
            return new Seen(modified, size, read(name, file, modified, size), null);
        } catch (IOException e) {
            return new Seen(-1, -1, null, problem(name, 1, 1, "it cannot be read"));
        } catch (FaultException e) {
            return new Seen(-1, -1, null, placed(name, e.fault().what()));
        }
    }

    private BoardInfo read(String name, Path file, long modifiedMs, long size) throws IOException {
        if (size > limits.boardBytesMax()) {
            String what =
                    ("it has %d bytes, more than the %d of `dashboards.boardBytesMax`; make it"
                                    + " smaller or raise the limit")
                            .formatted(size, limits.boardBytesMax());
            throw new FaultException(Fault.caller("dashboard_too_large", what, "Make it smaller."));
        }
        byte[] bytes = Files.readAllBytes(file);
        return info(name, bytes, BoardJson.unwrapped(BoardJson.read(bytes)), modifiedMs);
    }

    private BoardInfo info(String name, byte[] bytes, ObjectNode board, long modifiedMs) {
        String uid = BoardJson.uid(board);
        return new BoardInfo(
                uid.isEmpty() ? Uids.ofPath(name) : Uids.checked(uid),
                BoardInfo.text(board, "title"),
                BoardInfo.text(board, "description"),
                group(name),
                BoardJson.tags(board),
                Math.max(1, board.path("version").asLong(1)),
                Uids.digest(bytes).substring(0, 16),
                BoardInfo.Source.FOLDER,
                name,
                settings.editable(),
                modifiedMs,
                null,
                bytes.length);
    }

    private String group(String name) {
        int slash = name.indexOf('/');
        return settings.group() != null
                ? settings.group()
                : slash > 0
                        ? name.substring(0, slash)
                        : String.valueOf(settings.path().getFileName());
    }

    private void index(List<BoardProblem> wrong) {
        Map<String, BoardInfo> byUid = new TreeMap<>();
        for (Map.Entry<String, Seen> file : files.entrySet()) {
            BoardInfo info = file.getValue().info;
            if (file.getValue().problem != null) {
                wrong.add(file.getValue().problem);
            } else if (info != null) {
                BoardInfo first = byUid.putIfAbsent(info.uid(), info);
                if (first != null) {
                    String what = "its uid `" + info.uid() + "` is that of " + first.file();
                    wrong.add(problem(file.getKey(), 1, 1, what));
                }
            }
        }
        boards = Map.copyOf(byUid);
        problems = wrong.stream().limit(PROBLEMS_MAX).toList();
    }

    private BoardProblem placed(String name, String what) {
        Matcher place = PLACED.matcher(what);
        return place.matches()
                ? problem(
                        name,
                        Integer.parseInt(place.group(1)),
                        Integer.parseInt(place.group(2)),
                        place.group(3))
                : problem(name, 1, 1, what);
    }

    private BoardProblem problem(String name, int line, int column, String what) {
        return new BoardProblem(settings.path().getFileName() + "/" + name, line, column, what);
    }

    private BoardProblem whole(String what) {
        return new BoardProblem(settings.path().toString(), 1, 1, what);
    }
}
