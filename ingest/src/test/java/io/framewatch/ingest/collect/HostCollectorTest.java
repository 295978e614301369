package io.framewatch.ingest.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.testkit.Conformance;
import io.framewatch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostCollectorTest {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:0-9]+)(?:\\{(.*)})? .*");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    private final InMemoryMetricStore store = new InMemoryMetricStore();
    private final ManualClock clock = new ManualClock(1_700_000_000_000L);

    @AfterEach
    void close() {
        store.close();
    }

    private HostCollector collector(Path proc, Path sys) {
        return new HostCollector(
                store,
                clock,
                new HostOptions(
                        Tenant.DEFAULT,
                        Labels.of("job", "node", "instance", "box"),
                        proc,
                        sys,
                        Path.of("/"),
                        1000));
    }

    private double value(String name, String... labels) {
        List<SeriesSamples> found = select(name, labels);
        assertThat(found).as(name).hasSize(1);
        SeriesSamples samples = found.getFirst();
        return samples.values()[samples.size() - 1];
    }

    private List<SeriesSamples> select(String name, String... labels) {
        List<Matcher> matchers = new ArrayList<>();
        matchers.add(Matcher.equal(Labels.NAME, name));
        for (int i = 0; i < labels.length; i += 2) {
            matchers.add(Matcher.equal(labels[i], labels[i + 1]));
        }
        return store.select(Tenant.DEFAULT, matchers, TimeRange.ALL, SelectLimits.DEFAULT);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void readsWhatTheKernelShows(@TempDir Path root) throws IOException {
        Path proc = root.resolve("proc");
        write(
                proc.resolve("stat"),
                """
                cpu  1 1 1 1
                cpu0 10000 200 300 4000 50 6 7 8 90 100
                intr 12345 1 2
                ctxt 77
                btime 1600000000
                processes 9
                procs_running 2
                procs_blocked 1
                """);
        write(
                proc.resolve("meminfo"),
                "MemTotal:  100 kB\nActive(anon):  5 kB\nHugePages_Total: 3\n");
        write(proc.resolve("loadavg"), "0.50 1.25 2.00 1/100 4242\n");
        write(
                proc.resolve("diskstats"),
                "   8 0 sda 100 1 2000 1500 50 2 400 250 3 4000 5000\n   8 1 sda1 1 1 1 1 1 1 1 1 1 1 1\n");
        write(
                proc.resolve("net/dev"),
                "Inter-| Receive\n face |bytes\n  eth0: 1000 10 1 2 3 4 5 6 2000 20 7 8 9 10 11 12\n");
        write(
                proc.resolve("pressure/io"),
                "some avg10=0.00 avg60=0.00 avg300=0.00 total=1500000\nfull avg10=0.00 total=500000\n");
        write(proc.resolve("vmstat"), "nr_free_pages 1\npgpgin 42\noom_kill 1\n");
        HostCollector collector = collector(proc, root.resolve("sys"));
        collector.collect();

        assertThat(value("node_cpu_seconds_total", "cpu", "0", "mode", "user")).isEqualTo(100);
        assertThat(value("node_cpu_guest_seconds_total", "mode", "nice")).isEqualTo(1);
        assertThat(value("node_intr_total")).isEqualTo(12345);
        assertThat(value("node_boot_time_seconds")).isEqualTo(1_600_000_000);
        assertThat(value("node_memory_MemTotal_bytes")).isEqualTo(102_400);
        assertThat(value("node_memory_Active_anon_bytes")).isEqualTo(5120);
        assertThat(value("node_memory_HugePages_Total")).isEqualTo(3);
        assertThat(value("node_load5")).isEqualTo(1.25);
        assertThat(value("node_disk_read_bytes_total", "device", "sda")).isEqualTo(1_024_000);
        assertThat(value("node_disk_write_time_seconds_total")).isCloseTo(0.25, within(1e-9));
        assertThat(value("node_network_transmit_bytes_total", "device", "eth0")).isEqualTo(2000);
        assertThat(value("node_pressure_io_waiting_seconds_total")).isCloseTo(1.5, within(1e-9));
        assertThat(value("node_pressure_io_stalled_seconds_total")).isCloseTo(0.5, within(1e-9));
        assertThat(value("node_vmstat_oom_kill")).isEqualTo(1);
        assertThat(select("node_vmstat_nr_free_pages")).isEmpty();
        assertThat(value("node_scrape_collector_success", "collector", "stat")).isEqualTo(1);
        assertThat(value("node_scrape_collector_success", "collector", "netstat")).isZero();
        assertThat(value("up", "job", "node", "instance", "box")).isEqualTo(1);
    }

    @Test
    void whatIsGoneIsMarkedStale(@TempDir Path root) throws IOException {
        Path proc = root.resolve("proc");
        write(proc.resolve("loadavg"), "1 2 3 1/1 1\n");
        HostCollector collector = collector(proc, root.resolve("sys"));
        collector.collect();
        Files.delete(proc.resolve("loadavg"));
        clock.advance(Duration.ofSeconds(1));
        collector.collect();
        assertThat(StaleNaN.is(value("node_load1"))).isTrue();
    }

    /// Names and label names on this host must be those of a real node_exporter.
    @Test
    void namesAreThoseOfNodeExporter() throws IOException {
        Path golden = Conformance.folder("node_exporter/collector/fixtures/e2e-output.txt");
        assumeTrue(Files.exists(golden), "skipped: conformance data absent");
        Map<String, Set<String>> expected = new TreeMap<>();
        for (String line : Files.readAllLines(golden)) {
            java.util.regex.Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                Set<String> names = expected.computeIfAbsent(sample.group(1), _ -> new TreeSet<>());
                java.util.regex.Matcher label =
                        LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    names.add(label.group(1));
                }
            }
        }
        collector(Path.of("/proc"), Path.of("/sys")).collect();
        int checked = 0;
        for (Labels labels :
                store.series(Tenant.DEFAULT, List.of(), TimeRange.ALL, SelectLimits.DEFAULT)) {
            String name = labels.metricName();
            boolean kernelOwn = name.startsWith("node_memory_") || name.startsWith("node_vmstat_");
            kernelOwn |= name.startsWith("node_netstat_TcpExt_");
            kernelOwn |= name.matches("node_network_(receive|transmit)_.*_total");
            if (name.startsWith("node_filesystem_") || name.startsWith("node_pressure_")) {
                // The fixtures are made on a machine without these.
                assertThat(Set.of("device", "fstype", "mountpoint", "job", "instance", Labels.NAME))
                        .containsAll(labels.toMap().keySet());
                continue;
            }
            boolean own =
                    name.matches(
                            "framewatch_.*|up|process_.*|node_.*_duration_seconds|node_time_seconds|node_uname_info");
            if (own || kernelOwn) {
                continue;
            }
            assertThat(expected.containsKey(name)).as(name).isTrue();
            Set<String> names =
                    new TreeSet<>(labels.drop(Set.of("job", "instance")).toMap().keySet());
            names.remove(Labels.NAME);
            assertThat(expected.get(name)).as(name).containsAll(names);
            checked++;
        }
        assertThat(checked).isGreaterThan(50);
    }
}
