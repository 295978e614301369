package io.framewatch.server.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The dashboards this program brings along, on the class path as `packs/DOMAIN/dashboards/*.json`.
/// Immutable, thread safe.
final class PackBoards {

    /// A file that every build holds: it tells where the packs are.
    private static final String MARK = "/packs/live/rules.yml";

    private final Map<String, Packed> boards = new TreeMap<>();

    private record Packed(BoardInfo info, byte[] json) {}

    private PackBoards() {}

    private static final class Holder {
        static final PackBoards PACKAGED = read();
    }

    /// Those of this build, read when they are first asked for.
    static PackBoards packaged() {
        return Holder.PACKAGED;
    }

    /// Reads them; a file that is no dashboard fails, for it was packaged so.
    private static PackBoards read() {
        URL mark = PackBoards.class.getResource(MARK);
        if (mark == null) {
            throw new IllegalStateException(MARK + " was not packaged");
        }
        PackBoards packs = new PackBoards();
        try {
            packs.readAt(mark.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an odd address", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packs;
    }

    private void readAt(URI mark) throws IOException {
        if (mark.getScheme().equals("jar")) {
            String jar = mark.getRawSchemeSpecificPart().split("!", 2)[0];
            try (FileSystem files = FileSystems.newFileSystem(Path.of(URI.create(jar)))) {
                readBelow(files.getPath("/packs"));
            }
        } else {
            Path packs = Path.of(mark).resolve("../..").normalize();
            readBelow(packs);
        }
    }

    private void readBelow(Path packs) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(packs, 4)) {
            files.filter(each -> each.toString().matches(".*/dashboards/[^/]+\\.json"))
                    .sorted()
                    .forEach(found::add);
        }
        for (Path file : found) {
            add(packs.relativize(file).toString(), Files.readAllBytes(file));
        }
    }

    private void add(String name, byte[] bytes) {
        ObjectNode board = BoardJson.unwrapped(BoardJson.read(bytes));
        String domain = name.substring(0, name.indexOf('/'));
        BoardInfo info =
                new BoardInfo(
                        Uids.checked(BoardJson.uid(board)),
                        BoardInfo.text(board, "title"),
                        BoardInfo.text(board, "description"),
                        domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1),
                        BoardJson.tags(board),
                        Math.max(1, board.path("version").asLong(1)),
                        Uids.digest(bytes).substring(0, 16),
                        BoardInfo.Source.PACK,
                        name,
                        false,
                        0,
                        null,
                        bytes.length);
        if (boards.put(info.uid(), new Packed(info, bytes)) != null) {
            throw new IllegalStateException(name + " has the uid of another pack's dashboard");
        }
    }

    List<BoardInfo> all() {
        return boards.values().stream().map(Packed::info).toList();
    }

    @Nullable BoardInfo info(String uid) {
        Packed packed = boards.get(uid);
        return packed == null ? null : packed.info;
    }

    @Nullable Board get(String uid) {
        Packed packed = boards.get(uid);
        return packed == null ? null : new Board(packed.info, BoardJson.read(packed.json));
    }
}
