package io.framewatch.server.telemetry;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the server's own metrics into its own store every 15 s, as `job="framewatch"` of tenant
/// `default`, with an `up` that is 1.
public final class SelfCollector implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SelfCollector.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Meters meters;
    private final MetricAppender appender;
    private final Labels target;
    private final Clock clock;
    private final Tasks tasks = new Tasks("self");
    private final Map<Labels, Series> known = new HashMap<>();

    /// Starts at once.
    ///
    /// @param instance value of the label `instance`
    public SelfCollector(Meters meters, MetricAppender appender, String instance, Clock clock) {
        this.meters = meters;
        this.appender = appender;
        this.target = Labels.of("job", "framewatch", "instance", instance);
        this.clock = clock;
        tasks.every("self", FIRST, INTERVAL, this::collect);
    }

    private void collect() {
        long nowMs = clock.nowMs();
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 512);
        List<MetricMetadata> families = new ArrayList<>();
        try {
            meters.collect(
                    new Meters.Sink() {
                        @Override
                        public void family(MetricMetadata family) {
                            families.add(family);
                        }

                        @Override
                        public void sample(String name, Labels labels, double value) {
                            batch.add(series(name, labels), nowMs, value);
                        }
                    });
            batch.add(series("up", Labels.EMPTY), nowMs, 1);
            appender.append(batch);
            appender.metadata(Tenant.DEFAULT, families);
        } catch (FaultException e) {
            log.warn("the server's own metrics were not stored: {}", e.getMessage());
        }
    }

    private Series series(String name, Labels labels) {
        Labels.Builder builder = labels.toBuilder().set(Labels.NAME, name);
        for (int i = 0; i < target.size(); i++) {
            builder.set(target.nameAt(i), target.valueAt(i));
        }
        return known.computeIfAbsent(builder.build(), all -> appender.series(Tenant.DEFAULT, all));
    }

    @Override
    public void close() {
        tasks.close();
    }
}
