package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// `/proc/net/dev` and, of `/sys/class/net`, state, speed and packet size.
final class NetworkSource implements HostSource {

    private static final String[] NAMES = {
        "receive_bytes",
        "receive_packets",
        "receive_errs",
        "receive_drop",
        "receive_fifo",
        "receive_frame",
        "receive_compressed",
        "receive_multicast",
        "transmit_bytes",
        "transmit_packets",
        "transmit_errs",
        "transmit_drop",
        "transmit_fifo",
        "transmit_colls",
        "transmit_carrier",
        "transmit_compressed"
    };

    private final Path file;
    private final Path classes;

    NetworkSource(Path proc, Path sys) {
        this.file = proc.resolve("net/dev");
        this.classes = sys.resolve("class/net");
    }

    @Override
    public String name() {
        return "netdev";
    }

    @Override
    public void read(HostReading into) throws IOException {
        for (String line : KernelFile.lines(file)) {
            int colon = line.lastIndexOf(':');
            if (colon < 0) {
                continue;
            }
            String device = line.substring(0, colon).strip();
            String[] words = KernelFile.words(line.substring(colon + 1));
            for (int i = 0; i < NAMES.length && i < words.length; i++) {
                into.counter(
                        "node_network_" + NAMES[i] + "_total",
                        KernelFile.number(words[i]),
                        "device",
                        device);
            }
        }
        if (!Files.isDirectory(classes)) {
            return;
        }
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(classes)) {
            for (Path device : devices) {
                state(device, into);
            }
        }
    }

    private static void state(Path folder, HostReading into) {
        String device = String.valueOf(folder.getFileName());
        try {
            boolean up = KernelFile.text(folder.resolve("operstate")).strip().equals("up");
            into.gauge("node_network_up", up ? 1 : 0, "device", device);
            double mtu = KernelFile.number(folder.resolve("mtu"));
            into.gauge("node_network_mtu_bytes", mtu, "device", device);
            double speed = KernelFile.number(folder.resolve("speed"));
            if (speed >= 0) {
                into.gauge("node_network_speed_bytes", speed * 1e6 / 8, "device", device);
            }
            double carrier = KernelFile.number(folder.resolve("carrier"));
            into.gauge("node_network_carrier", carrier, "device", device);
        } catch (IOException e) {
            // Virtual devices have no speed and sleeping ones no carrier: what was read stays.
            return;
        }
    }
}
