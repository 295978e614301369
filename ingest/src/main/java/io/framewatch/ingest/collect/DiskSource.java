package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// `/proc/diskstats`, without partitions and memory disks. Sectors are 512 bytes, times
/// milliseconds.
final class DiskSource implements HostSource {

    private static final double SECTOR_BYTES = 512;
    private static final Pattern IGNORED =
            Pattern.compile("(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+");

    /// Names of the columns after the device name, with what one unit of each is worth.
    private static final String[] NAMES = {
        "reads_completed_total",
        "reads_merged_total",
        "read_bytes_total",
        "read_time_seconds_total",
        "writes_completed_total",
        "writes_merged_total",
        "written_bytes_total",
        "write_time_seconds_total",
        "io_now",
        "io_time_seconds_total",
        "io_time_weighted_seconds_total",
        "discards_completed_total",
        "discards_merged_total",
        "discarded_sectors_total",
        "discard_time_seconds_total",
        "flush_requests_total",
        "flush_requests_time_seconds_total"
    };

    private final Path file;

    DiskSource(Path proc) {
        this.file = proc.resolve("diskstats");
    }

    @Override
    public String name() {
        return "diskstats";
    }

    @Override
    public void read(HostReading into) throws IOException {
        for (String line : KernelFile.lines(file)) {
            String[] words = KernelFile.words(line);
            if (words.length < 14 || IGNORED.matcher(words[2]).matches()) {
                continue;
            }
            for (int i = 0; i < NAMES.length && i + 3 < words.length; i++) {
                double value = KernelFile.number(words[i + 3]) * unit(NAMES[i]);
                String name = "node_disk_" + NAMES[i];
                if (name.endsWith("_total")) {
                    into.counter(name, value, "device", words[2]);
                } else {
                    into.gauge(name, value, "device", words[2]);
                }
            }
        }
    }

    private static double unit(String name) {
        if (name.contains("_bytes_")) {
            return SECTOR_BYTES;
        }
        return name.contains("_seconds_") ? 0.001 : 1;
    }
}
