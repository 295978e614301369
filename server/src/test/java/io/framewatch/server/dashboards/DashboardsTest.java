package io.framewatch.server.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Stores, folders and packs together, on a real disk.
final class DashboardsTest {

    @TempDir private Path data = Path.of("");
    @TempDir private Path files = Path.of("");

    private final ManualClock clock = new ManualClock(1_000_000);
    private final BoardLimits limits = new BoardLimits(10_000, 9, 4, 60_000);

    private Dashboards open(FolderSettings... folders) {
        return new Dashboards(data, List.of(folders), limits, clock);
    }

    private TenantBoards boards() {
        return open(new FolderSettings(files, null, true)).of(Tenant.DEFAULT);
    }

    private static ObjectNode board(String title) {
        return BoardJson.read(json("", title).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String uid, String title) {
        String named = uid.isEmpty() ? "" : "\"uid\":\"" + uid + "\",";
        return "{" + named + "\"title\":\"" + title + "\",\"tags\":[\"gpu\"],\"panels\":[]}";
    }

    private static Save save(String uid, String title, Expected expected) {
        return new Save(uid, board(title), "Video", "why", "ann", expected);
    }

    private static void refused(String code, Callable<?> call) {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(call::call)
                .satisfies(e -> assertThat(e.fault().code()).isEqualTo(code));
    }

    @Test
    void whatIsSavedOutlivesTheProcess() {
        boards().save(save("cpu", "CPU", Expected.NOTHING));
        TenantBoards again = boards();
        Board board = again.get("cpu");
        assertThat(board.json().path("title").asString()).isEqualTo("CPU");
        assertThat(board.info().folder()).isEqualTo("Video");
        assertThat(board.info().updatedBy()).isEqualTo("ann");
        assertThat(board.info().etag())
                .isEqualTo(again.info("cpu") == null ? "" : again.get("cpu").info().etag());
        assertThat(again.find("Video", List.of("gpu"), List.of("cpu"))).hasSize(1);
        assertThat(again.find("Video", List.of("disk"), List.of())).isEmpty();
    }

    @Test
    void tenantsSeeTheirOwn() {
        Dashboards all = open();
        all.of(new Tenant("acme")).save(save("cpu", "CPU", Expected.NOTHING));
        assertThat(all.of(Tenant.DEFAULT).info("cpu")).isNull();
        refused("not_found", () -> all.of(Tenant.DEFAULT).get("cpu"));
    }

    @Test
    void nothingIsOverwrittenUnseen() {
        TenantBoards boards = boards();
        BoardInfo first = boards.save(save("cpu", "CPU", Expected.NOTHING));
        refused("dashboard_condition", () -> boards.save(save("cpu", "Other", Expected.NOTHING)));
        Expected read = new Expected("W/\"" + first.etag() + "\"", "");
        BoardInfo second = boards.save(save("cpu", "Processor", read));
        assertThat(second.version()).isEqualTo(2);
        refused("dashboard_changed", () -> boards.save(save("cpu", "Third", read)));
        refused(
                "dashboard_changed",
                () -> boards.save(save("cpu", "Third", new Expected("", "*"))));
        refused("dashboard_changed", () -> boards.save(save("new", "New", read)));
        assertThat(boards.save(save("cpu", "Processor", read)).version()).isEqualTo(2);
    }

    @Test
    void ofManyWritersOneWins() throws Exception {
        TenantBoards boards = boards();
        BoardInfo first = boards.save(save("cpu", "CPU", Expected.NOTHING));
        Expected read = new Expected(first.etag(), "");
        int won = 0;
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> calls =
                    java.util.stream.IntStream.range(0, 8)
                            .<Callable<Boolean>>mapToObj(i -> () -> wins(boards, "T" + i, read))
                            .toList();
            for (Future<Boolean> each : writers.invokeAll(calls)) {
                won += each.get() ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
        assertThat(boards.versions("cpu")).hasSize(2);
    }

    private static boolean wins(TenantBoards boards, String title, Expected read) {
        try {
            boards.save(save("cpu", title, read));
            return true;
        } catch (FaultException e) {
            assertThat(e.fault().code()).isEqualTo("dashboard_changed");
            return false;
        }
    }

    @Test
    void versionsAreBoundedAndComeBack() {
        TenantBoards boards = boards();
        for (int i = 1; i <= 6; i++) {
            boards.save(save("cpu", "Title " + i, Expected.ANYTHING));
        }
        assertThat(boards.versions("cpu").stream().map(BoardVersion::version))
                .containsExactly(6L, 5L, 4L, 3L);
        assertThat(boards.versions("cpu").getFirst().message()).isEqualTo("why");
        refused("not_found", () -> boards.version("cpu", 1));
        assertThat(boards.version("cpu", 3).json().path("title").asString()).isEqualTo("Title 3");
        refused("not_found", () -> boards.versions("none"));
    }

    @Test
    void countAndBytesAreBounded() {
        TenantBoards boards = boards();
        for (String uid : "abcdefghi".split("")) {
            boards.save(save(uid, uid, Expected.NOTHING));
        }
        refused("dashboards_full", () -> boards.save(save("j", "j", Expected.NOTHING)));
        ObjectNode large = board("Large");
        large.put("description", "x".repeat(10_000));
        refused(
                "dashboard_too_large",
                () -> boards.save(new Save("a", large, "", "", "ann", Expected.ANYTHING)));
        Dashboards small =
                new Dashboards(data, List.of(), new BoardLimits(900, 9, 9, 1_200), clock);
        refused(
                "dashboards_full",
                () -> small.of(new Tenant("x")).save(save("a", "y".repeat(480), filled(small))));
    }

    private Expected filled(Dashboards small) {
        small.of(new Tenant("x")).save(save("a", "x".repeat(480), Expected.ANYTHING));
        return Expected.ANYTHING;
    }

    @Test
    void deletingForgetsAllVersions() throws IOException {
        TenantBoards boards = boards();
        BoardInfo info = boards.save(save("cpu", "CPU", Expected.NOTHING));
        refused(
                "dashboard_changed",
                () -> {
                    boards.delete("cpu", new Expected("other", ""));
                    return null;
                });
        boards.delete("cpu", new Expected(info.etag(), ""));
        assertThat(boards.info("cpu")).isNull();
        assertThat(data.resolve("default/versions/cpu")).doesNotExist();
        assertThat(data.resolve("default/cpu.json")).doesNotExist();
    }

    @Test
    void uidsAreNoPaths() {
        TenantBoards boards = boards();
        for (String uid : List.of("../x", "a/b", "a\\b", ".", "", "db", "x".repeat(41), "a\0b")) {
            refused("dashboard_uid", () -> boards.save(save(uid, "T", Expected.NOTHING)));
            refused("not_found", () -> boards.get(uid));
        }
    }

    @Test
    void aFileThatIsTornIsToldAndTheOthersGoOn() throws IOException {
        boards().save(save("a", "A", Expected.NOTHING));
        boards().save(save("b", "B", Expected.NOTHING));
        Files.writeString(data.resolve("default/a.json"), "{\"version\":1,");
        TenantBoards again = boards();
        assertThat(again.info("b")).isNotNull();
        assertThat(again.problems()).anyMatch(each -> each.file().equals("a.json"));
        assertThat(again.save(save("a", "A again", Expected.NOTHING)).version()).isEqualTo(2);
    }

    @Test
    void foldersAreReadAgainWhenTheyChange() throws IOException {
        Files.createDirectories(files.resolve("sub"));
        Files.writeString(files.resolve("one.json"), json("one", "One"));
        Files.writeString(files.resolve("sub/two.json"), json("", "Two"));
        Files.writeString(files.resolve("broken.json"), "{\n  \"title\": \"x\",\n  oops\n}");
        Files.writeString(files.resolve("same.json"), json("one", "Again"));
        Files.writeString(files.resolve("other.json"), "{\"title\":\"no panels\"}");
        Files.writeString(files.resolve("notes.txt"), "nothing");
        TenantBoards boards = boards();
        assertThat(boards.all())
                .filteredOn(each -> each.source().name().equals("FOLDER"))
                .hasSize(2);
        assertThat(boards.find("sub", List.of(), List.of()))
                .singleElement()
                .satisfies(each -> assertThat(each.title()).isEqualTo("Two"));
        assertThat(boards.get("one").json().path("title").asString()).isEqualTo("One");
        assertThat(boards.problems())
                .map(BoardProblem::toString)
                .anyMatch(each -> each.contains("broken.json:3:"))
                .anyMatch(each -> each.contains("same.json:1:1: its uid `one`"))
                .anyMatch(each -> each.contains("other.json") && each.contains("neither"))
                .hasSize(3);
        Files.writeString(files.resolve("one.json"), json("one", "One, changed"));
        Files.writeString(files.resolve("broken.json"), json("three", "Mended"));
        assertThat(boards.info("three")).isNull();
        clock.advance(Duration.ofSeconds(11));
        assertThat(boards.info("three")).isNotNull();
        assertThat(boards.get("one").info().title()).isEqualTo("One, changed");
    }

    @Test
    void aFileThatIsTooLargeIsToldWithItsSizeAndTheLimitsKey() throws IOException {
        Files.writeString(files.resolve("one.json"), json("one", "One"));
        Files.writeString(files.resolve("huge.json"), json("huge", "x".repeat(20_000_000)));
        TenantBoards boards = boards();
        assertThat(boards.info("huge")).isNull();
        assertThat(boards.get("one").info().title()).isEqualTo("One");
        assertThat(boards.problems())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.toString())
                                .contains("huge.json:1:1")
                                .contains("200000")
                                .contains("10000 of `dashboards.boardBytesMax`"));
    }

    @Test
    void aMissingFolderIsToldAndNoReasonToFail() {
        Dashboards all = open(new FolderSettings(files.resolve("none"), null, false));
        assertThat(all.problems())
                .singleElement()
                .satisfies(each -> assertThat(each.what()).contains("missing"));
    }

    @Test
    void aFolderIsSavedToOnlyWhereItSaysSo() throws IOException {
        Files.writeString(files.resolve("one.json"), json("one", "One"));
        TenantBoards fixed = open(new FolderSettings(files, "Kept", false)).of(Tenant.DEFAULT);
        refused("dashboard_read_only", () -> fixed.save(save("one", "X", Expected.ANYTHING)));
        refused(
                "dashboard_read_only",
                () -> {
                    fixed.delete("one", Expected.ANYTHING);
                    return null;
                });
        Dashboards open = open(new FolderSettings(files, "Kept", true));
        refused(
                "dashboard_read_only",
                () -> open.of(new Tenant("acme")).save(save("one", "X", Expected.ANYTHING)));
        TenantBoards ours = open.of(Tenant.DEFAULT);
        String etag = ours.get("one").info().etag();
        BoardInfo saved = ours.save(save("one", "One, better", new Expected(etag, "")));
        assertThat(Files.readString(files.resolve("one.json"))).contains("One, better\"");
        assertThat(saved.folder()).isEqualTo("Kept");
        assertThat(ours.versions("one").stream().map(BoardVersion::by))
                .containsExactly("ann", "file");
        long oldest = ours.versions("one").getLast().version();
        assertThat(ours.version("one", oldest).json().path("title").asString()).isEqualTo("One");
    }

    @Test
    void aLinkOutOfTheFolderIsNotWrittenThrough(@TempDir Path elsewhere) throws IOException {
        Path target = elsewhere.resolve("secret.json");
        Files.writeString(target, json("one", "One"));
        Files.createSymbolicLink(files.resolve("one.json"), target);
        TenantBoards boards = boards();
        refused("dashboard_read_only", () -> boards.save(save("one", "X", Expected.ANYTHING)));
        assertThat(Files.readString(target)).contains("\"One\"");
    }

    @Test
    void whatIsNoDashboardIsRefused() {
        for (String text :
                List.of("[]", "{}", "{\"title\":\"x\"}", "{\"panels\":[]}", "{", "nul")) {
            refused(
                    "dashboard_invalid",
                    () -> {
                        BoardJson.check(BoardJson.read(text.getBytes(StandardCharsets.UTF_8)));
                        return null;
                    });
        }
        String deep = "{\"title\":\"x\",\"panels\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        refused("dashboard_invalid", () -> BoardJson.read(deep.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void numbersKeepEveryDigit() {
        String text = "{\"title\":\"x\",\"panels\":[1.10,12345678901234567890,1e400,0.1]}";
        ObjectNode read = BoardJson.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(BoardJson.compact(read), StandardCharsets.UTF_8))
                .contains("1.10,12345678901234567890,1E+400,0.1");
    }
}
