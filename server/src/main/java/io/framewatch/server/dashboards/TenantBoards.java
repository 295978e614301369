package io.framewatch.server.dashboards;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The dashboards one tenant sees: its own, then those of the operator's folders, then those of the
/// packs; the first of a uid wins. Whatever is saved is on disk when a method returns. Throws
/// `dashboards_disk` when the disk refuses. Thread safe.
public final class TenantBoards {

    private final BoardStore store;
    private final List<BoardFolder> folders;
    private final BoardLimits limits;
    private final boolean savesToFolders;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();

    /// @param savesToFolders whether this tenant may change the operator's files
    TenantBoards(
            BoardStore store,
            List<BoardFolder> folders,
            BoardLimits limits,
            boolean savesToFolders,
            Clock clock) {
        this.store = store;
        this.folders = folders;
        this.limits = limits;
        this.savesToFolders = savesToFolders;
        this.clock = clock;
    }

    /// Every dashboard once, by folder and title.
    public List<BoardInfo> all() {
        Map<String, BoardInfo> byUid = new HashMap<>();
        sources().forEach(source -> source.forEach(each -> byUid.putIfAbsent(each.uid(), each)));
        return byUid.values().stream()
                .sorted(
                        Comparator.comparing(BoardInfo::folder, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(BoardInfo::title, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(BoardInfo::uid))
                .toList();
    }

    private List<Collection<BoardInfo>> sources() {
        List<Collection<BoardInfo>> sources = new ArrayList<>();
        sources.add(store.all());
        folders.forEach(folder -> sources.add(folder.all()));
        sources.add(PackBoards.packaged().all());
        return sources;
    }

    /// The dashboards of a folder (empty: any) that carry every tag and hold every word.
    public List<BoardInfo> find(String folder, List<String> tags, List<String> words) {
        return all().stream()
                .filter(each -> folder.isEmpty() || each.folder().equals(folder))
                .filter(each -> each.tags().containsAll(tags) && each.matches(words))
                .toList();
    }

    /// What is wrong with files, and uids that hide another one's.
    public List<BoardProblem> problems() {
        List<BoardProblem> problems = new ArrayList<>(store.problems());
        folders.forEach(folder -> problems.addAll(folder.problems()));
        if (folders.isEmpty() && store.all().isEmpty()) {
            return problems;
        }
        Map<String, BoardInfo> first = new HashMap<>();
        for (Collection<BoardInfo> source : sources()) {
            for (BoardInfo each : source) {
                BoardInfo other = first.putIfAbsent(each.uid(), each);
                if (other != null) {
                    problems.add(hidden(each, other));
                }
            }
        }
        return problems;
    }

    private static BoardProblem hidden(BoardInfo each, BoardInfo other) {
        String place = other.file() == null ? "a saved dashboard" : other.file();
        return new BoardProblem(
                String.valueOf(each.file()),
                1,
                1,
                "its uid `" + each.uid() + "` is that of " + place + ", which is shown instead");
    }

    /// What is known of a dashboard, or null.
    public @Nullable BoardInfo info(String uid) {
        BoardInfo info = store.info(uid);
        for (int i = 0; i < folders.size() && info == null; i++) {
            info = folders.get(i).info(uid);
        }
        return info != null ? info : PackBoards.packaged().info(uid);
    }

    /// A dashboard. Throws `not_found`.
    public Board get(String uid) {
        try {
            Board board = store.get(uid);
            for (int i = 0; i < folders.size() && board == null; i++) {
                board = folders.get(i).get(uid);
            }
            board = board != null ? board : PackBoards.packaged().get(uid);
            if (board == null) {
                throw notFound("dashboard with this uid");
            }
            return board;
        } catch (IOException e) {
            throw Dashboards.disk(Path.of(uid), e);
        }
    }

    static FaultException notFound(String what) {
        return new FaultException(
                Fault.caller(
                        "not_found", "There is no " + what + ".", "Look at GET /api/dashboards."));
    }

    /// Whether this tenant can save a dashboard where it is.
    public boolean canSave(BoardInfo info) {
        return info.editable() && (info.source() == BoardInfo.Source.STORE || savesToFolders);
    }

    /// Saves a dashboard as a new version and returns what is known of it; one that is already so
    /// stays as it is. Throws `dashboard_invalid`, `dashboard_too_large`, `dashboard_uid`,
    /// `dashboard_condition`, `dashboard_changed`, `dashboard_read_only` or `dashboards_full`.
    public BoardInfo save(Save save) {
        String uid = Uids.checked(save.uid());
        BoardJson.check(save.board());
        checkTexts(save);
        writing.lock();
        try {
            BoardInfo current = info(uid);
            if (current != null && isSo(save, current)) {
                return current;
            }
            save.expected().check(current);
            if (current != null && !canSave(current)) {
                throw readOnly(current);
            }
            return write(save, current);
        } catch (IOException e) {
            throw Dashboards.disk(Path.of(uid), e);
        } finally {
            writing.unlock();
        }
    }

    private static void checkTexts(Save save) {
        String folder = save.folder() == null ? "" : save.folder();
        boolean wrong =
                folder.length() > Save.FOLDER_LENGTH_MAX
                        || folder.chars().anyMatch(Character::isISOControl)
                        || save.message().length() > Save.MESSAGE_LENGTH_MAX;
        if (wrong) {
            throw new FaultException(
                    Fault.caller(
                            "body_invalid",
                            "The folder is longer than 100 characters or the message longer than"
                                    + " 500.",
                            "Send shorter ones."));
        }
    }

    /// A request sent twice changes nothing the second time.
    private boolean isSo(Save save, BoardInfo current) {
        boolean moves = save.folder() != null && !save.folder().equals(current.folder());
        if (moves && current.source() == BoardInfo.Source.STORE) {
            return false;
        }
        ObjectNode there = get(current.uid()).json();
        return stamped(there.deepCopy(), current.uid(), 0)
                .equals(stamped(save.board().deepCopy(), current.uid(), 0));
    }

    private static FaultException readOnly(BoardInfo current) {
        String where =
                current.source() == BoardInfo.Source.PACK
                        ? "comes with the program"
                        : "is kept by the operator as the file " + current.file();
        return new FaultException(
                Fault.caller(
                        "dashboard_read_only",
                        "The dashboard " + where + " and cannot be saved here.",
                        "Save it under another uid, or change the file."));
    }

    private BoardInfo write(Save save, @Nullable BoardInfo current) throws IOException {
        VersionLog versions = store.versions();
        boolean inFolder = current != null && current.source() == BoardInfo.Source.FOLDER;
        if (current != null && inFolder) {
            keepFileAsVersion(current);
        }
        long number = Math.max(versions.newest(save.uid()), versionOf(current)) + 1;
        ObjectNode board = stamped(save.board(), save.uid(), number);
        byte[] bytes = BoardJson.compact(board);
        if (bytes.length > limits.boardBytesMax()) {
            throw tooLarge(limits.boardBytesMax());
        }
        String folder = current == null ? "" : current.folder();
        if (save.folder() != null && !inFolder) {
            folder = save.folder();
        }
        BoardVersion version =
                new BoardVersion(
                        number, clock.nowMs(), save.by(), save.message(), folder, bytes.length);
        if (current == null || !inFolder) {
            return store.save(save.uid(), board, version);
        }
        versions.add(save.uid(), version, board);
        return folderOf(current).save(current, board);
    }

    private static long versionOf(@Nullable BoardInfo current) {
        return current == null ? 0 : current.version();
    }

    /// What stands in a file was perhaps never saved here: it is kept before it is replaced.
    private void keepFileAsVersion(BoardInfo current) throws IOException {
        VersionLog versions = store.versions();
        ObjectNode board = get(current.uid()).json();
        VersionFile.Content newest = versions.get(current.uid(), versions.newest(current.uid()));
        if (newest != null && newest.board().equals(board)) {
            return;
        }
        long number = Math.max(versions.newest(current.uid()) + 1, current.version());
        BoardVersion version =
                new BoardVersion(
                        number,
                        current.updatedAtMs(),
                        "file",
                        "as the file said",
                        current.folder(),
                        BoardJson.compact(board).length);
        versions.add(current.uid(), version, board);
    }

    private BoardFolder folderOf(BoardInfo current) {
        return folders.stream()
                .filter(folder -> current.equals(folder.info(current.uid())))
                .findFirst()
                .orElseThrow(() -> notFound("file of this dashboard any more"));
    }

    /// The fault of a dashboard that is longer than allowed.
    public static FaultException tooLarge(int bytesMax) {
        return new FaultException(
                Fault.caller(
                        "dashboard_too_large",
                        "The dashboard is larger than " + bytesMax + " bytes.",
                        "Split it, take data out of it, or have `dashboards.boardBytesMax`"
                                + " raised."));
    }

    private static ObjectNode stamped(ObjectNode board, String uid, long version) {
        board.set("id", JsonNodeFactory.instance.nullNode());
        board.put("uid", uid);
        board.put("version", version);
        return board;
    }

    /// Deletes a dashboard of the store with its versions. Throws `not_found`,
    /// `dashboard_read_only` or `dashboard_changed`.
    public void delete(String uid, Expected expected) {
        writing.lock();
        try {
            BoardInfo current = info(uid);
            if (current == null) {
                throw notFound("dashboard with this uid");
            }
            if (current.source() != BoardInfo.Source.STORE) {
                throw readOnly(current);
            }
            expected.check(current);
            store.delete(uid);
        } catch (IOException e) {
            throw Dashboards.disk(Path.of(uid), e);
        } finally {
            writing.unlock();
        }
    }

    /// The saves of a dashboard, newest first; empty for one that was never saved here. Throws
    /// `not_found`.
    public List<BoardVersion> versions(String uid) {
        if (info(uid) == null) {
            throw notFound("dashboard with this uid");
        }
        try {
            return store.versions().list(uid);
        } catch (IOException e) {
            throw Dashboards.disk(Path.of(uid), e);
        }
    }

    /// One save with its dashboard. Throws `not_found`.
    public Kept version(String uid, long number) {
        try {
            VersionFile.Content content =
                    info(uid) == null ? null : store.versions().get(uid, number);
            if (content == null) {
                throw notFound("version " + number + " of this dashboard any more");
            }
            return new Kept(content.version(), content.board());
        } catch (IOException e) {
            throw Dashboards.disk(Path.of(uid), e);
        }
    }

    /// A save with its dashboard.
    ///
    /// @param version who, when, why
    /// @param json the dashboard as it was saved
    public record Kept(BoardVersion version, ObjectNode json) {}
}
