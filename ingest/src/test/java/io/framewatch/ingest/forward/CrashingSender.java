package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.nio.file.Path;
import java.util.List;

/// A process that appends samples until it is killed, and says after each batch how many it has got
/// an answer for. Arguments: the spool's folder, the address of a remote, the first number.
final class CrashingSender {

    private static final int ROWS = 10;

    private CrashingSender() {}

    @SuppressWarnings("SystemOut") // its way to tell
    static void main(String[] args) {
        Clock clock = Clock.system();
        Forwarder forwarder = new Forwarder(Path.of(args[0]), SpoolLimits.DEFAULT, clock);
        String yaml = "remote_write: [{name: far, url: \"" + args[1] + "\"}]";
        forwarder.apply(PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of());
        ForwardingAppender appender =
                new ForwardingAppender(
                        new InMemoryMetricStore(MemoryLimits.DEFAULT), forwarder, true);
        for (int number = Integer.parseInt(args[2]); true; number += ROWS) {
            SampleBatch batch = new SampleBatch(Tenant.DEFAULT, ROWS);
            for (int i = 0; i < ROWS; i++) {
                batch.add(
                        appender.series(
                                Tenant.DEFAULT,
                                Labels.of("__name__", "n", "number", "" + (number + i))),
                        clock.nowMs(),
                        number + i);
            }
            appender.append(batch);
            System.out.println(number + ROWS);
            System.out.flush();
        }
    }
}
