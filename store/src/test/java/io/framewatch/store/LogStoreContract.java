package io.framewatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What every [LogStore] does; each implementation runs it.
@NullMarked
public interface LogStoreContract {

    /// A time that every store accepts as recent, Unix nanoseconds.
    long baseNs();

    /// A fresh, empty store; the test closes it.
    LogStore newLogStore();

    private static LogEntry line(String service, long timestampNs, String text) {
        return new LogEntry(
                timestampNs,
                Labels.of("service", service),
                text,
                Labels.of("trace_id", "t" + text.length()));
    }

    private static List<LogEntry> select(LogStore store, LogSelection selection) {
        List<LogEntry> found = new ArrayList<>();
        store.select(
                Tenant.DEFAULT,
                selection,
                entry -> {
                    found.add(entry);
                    return true;
                });
        return found;
    }

    private static LogSelection all(long fromNs, long toNs, boolean newestFirst, int linesMax) {
        return new LogSelection(List.of(), List.of(), fromNs, toNs, newestFirst, linesMax);
    }

    @Test
    default void linesComeInTimeOrderHoweverTheyArrive() {
        long t = baseNs();
        try (LogStore store = newLogStore()) {
            store.append(Tenant.DEFAULT, List.of(line("a", t + 2, "third"), line("b", t, "first")));
            store.append(Tenant.DEFAULT, List.of(line("a", t + 1, "second")));
            assertThat(select(store, all(t, t + 3, false, 10)))
                    .extracting(LogEntry::line)
                    .containsExactly("first", "second", "third");
            assertThat(select(store, all(t, t + 2, true, 10)))
                    .extracting(LogEntry::line)
                    .containsExactly("second", "first");
            assertThat(select(store, all(t, t + 3, true, 1)))
                    .extracting(LogEntry::line)
                    .containsExactly("third");
            assertThat(select(store, all(t, t + 3, false, 10)).getFirst())
                    .isEqualTo(line("b", t, "first"));
        }
    }

    @Test
    default void matchersAndLineFiltersNarrow() {
        long t = baseNs();
        try (LogStore store = newLogStore()) {
            store.append(
                    Tenant.DEFAULT,
                    List.of(
                            line("encoder", t, "frame 1 decoded"),
                            line("encoder", t + 1, "error: frame 2 lost"),
                            line("packager", t + 2, "error: disk full")));
            LogSelection selection =
                    new LogSelection(
                            List.of(Matcher.equal("service", "encoder")),
                            List.of(
                                    new LogSelection.LineFilter.Contains("error", false),
                                    new LogSelection.LineFilter.Matches(
                                            Pattern.compile("frame \\d+"), false),
                                    new LogSelection.LineFilter.Contains("disk", true)),
                            t,
                            t + 10,
                            false,
                            10);
            assertThat(select(store, selection))
                    .extracting(LogEntry::line)
                    .containsExactly("error: frame 2 lost");
        }
    }

    @Test
    default void everyEqualLineIsKept() {
        long t = baseNs();
        try (LogStore store = newLogStore()) {
            store.append(Tenant.DEFAULT, List.of(line("a", t, "x"), line("a", t, "x")));
            store.append(Tenant.DEFAULT, List.of(line("a", t, "x")));
            assertThat(select(store, all(t, t + 1, false, 10))).hasSize(3);
        }
    }

    @Test
    default void streamsAreThoseWithALineInTheRange() {
        long t = baseNs();
        try (LogStore store = newLogStore()) {
            store.append(
                    Tenant.DEFAULT,
                    List.of(line("b", t, "x"), line("a", t, "y"), line("c", t + 5, "z")));
            assertThat(store.streams(Tenant.DEFAULT, List.of(), t, t + 5))
                    .containsExactly(Labels.of("service", "a"), Labels.of("service", "b"));
            assertThat(
                            store.streams(
                                    Tenant.DEFAULT,
                                    List.of(Matcher.of(Matcher.Op.NOT_EQUAL, "service", "a")),
                                    t,
                                    t + 6))
                    .hasSize(2);
        }
    }

    @Test
    default void tenantsNeverSeeEachOthersLines() {
        long t = baseNs();
        try (LogStore store = newLogStore()) {
            store.append(new Tenant("other"), List.of(line("a", t, "secret")));
            assertThat(select(store, all(t, t + 1, false, 10))).isEmpty();
            assertThat(store.streams(Tenant.DEFAULT, List.of(), t, t + 1)).isEmpty();
        }
    }
}
