package io.framewatch.server.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.files.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The dashboards of one tenant in the data folder: `UID.json` holds the newest version of each,
/// written after the version's own file, both forced to disk. Writers take turns, which the caller
/// sees to; readers need no lock.
final class BoardStore {

    private final Path folder;
    private final BoardLimits limits;
    private final VersionLog versions;
    private final Map<String, BoardInfo> infos = new ConcurrentHashMap<>();
    private final List<BoardProblem> problems = new ArrayList<>();

    private BoardStore(Path folder, BoardLimits limits, VersionLog versions) {
        this.folder = folder;
        this.limits = limits;
        this.versions = versions;
    }

    /// Opens or makes the store in `folder`. A file that cannot be read is told in [#problems].
    static BoardStore open(Path folder, BoardLimits limits) throws IOException {
        VersionLog versions = VersionLog.open(folder.resolve("versions"), limits);
        BoardStore store = new BoardStore(folder, limits, versions);
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(store::load);
        }
        return store;
    }

    private void load(Path file) {
        String name = String.valueOf(file.getFileName());
        String uid = name.replaceAll("\\.json$", "");
        if (!name.endsWith(".json") || !Uids.valid(uid)) {
            return;
        }
        try {
            VersionFile.Content content = VersionFile.read(file);
            infos.put(uid, info(uid, content.version(), content.board()));
        } catch (FaultException | IOException e) {
            problems.add(new BoardProblem(name, 1, 1, String.valueOf(e.getMessage())));
        }
    }

    private static BoardInfo info(String uid, BoardVersion version, ObjectNode board) {
        String digest = Uids.digest(BoardJson.compact(board)).substring(0, 16);
        return new BoardInfo(
                uid,
                BoardInfo.text(board, "title"),
                BoardInfo.text(board, "description"),
                version.folder(),
                BoardJson.tags(board),
                version.version(),
                version.version() + "-" + digest,
                BoardInfo.Source.STORE,
                null,
                true,
                version.atMs(),
                version.by(),
                version.bytes());
    }

    /// Files that could not be read at the start.
    List<BoardProblem> problems() {
        return List.copyOf(problems);
    }

    /// All dashboards, in no order.
    Collection<BoardInfo> all() {
        return infos.values();
    }

    /// What is known of a dashboard, or null.
    @Nullable BoardInfo info(String uid) {
        return infos.get(uid);
    }

    /// A dashboard, or null if there is none of that uid.
    @Nullable Board get(String uid) throws IOException {
        if (!infos.containsKey(uid)) {
            return null;
        }
        try {
            VersionFile.Content content = VersionFile.read(file(uid));
            return new Board(info(uid, content.version(), content.board()), content.board());
        } catch (NoSuchFileException e) {
            return null; // deleted meanwhile
        }
    }

    /// The versions of these dashboards, and of those in folders that can be saved.
    VersionLog versions() {
        return versions;
    }

    /// Keeps a dashboard and returns when it is on disk. Throws `dashboards_full`.
    BoardInfo save(String uid, ObjectNode board, BoardVersion version) throws IOException {
        if (!infos.containsKey(uid) && infos.size() >= limits.boardsMax()) {
            throw new FaultException(
                    Fault.operator(
                            "dashboards_full",
                            "There are " + limits.boardsMax() + " dashboards, the limit.",
                            "Delete dashboards, or raise `dashboards.boardsMax`."));
        }
        versions.add(uid, version, board);
        SafeFiles.replace(file(uid), VersionFile.write(version, board));
        BoardInfo info = info(uid, version, board);
        infos.put(uid, info);
        return info;
    }

    /// Removes a dashboard with all its versions.
    void delete(String uid) throws IOException {
        Files.deleteIfExists(file(uid));
        SafeFiles.forceFolder(folder);
        infos.remove(uid);
        versions.remove(uid);
    }

    private Path file(String uid) {
        return folder.resolve(Uids.checked(uid) + ".json");
    }
}
