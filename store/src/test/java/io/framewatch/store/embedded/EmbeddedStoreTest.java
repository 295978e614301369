package io.framewatch.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.engine.EngineStatus.State;
import io.framewatch.engine.TestEngine;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.metrics.EngineStoreOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {

    @TempDir Path folder;

    private EmbeddedStore open() {
        return EmbeddedStore.open(
                folder.resolve("data"),
                TestEngine.library(),
                512L << 20,
                EngineStoreOptions.DEFAULT,
                Clock.system(),
                System.out::println);
    }

    @Test
    void aFolderKeepsItsSamplesOverRestarts() {
        long now = Clock.system().nowMs();
        for (int start = 0; start < 2; start++) {
            try (EmbeddedStore store = open()) {
                SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
                batch.add(
                        store.metrics().series(Tenant.DEFAULT, Labels.of("__name__", "m")),
                        now + start,
                        start);
                assertThat(store.metrics().append(batch).stored()).isEqualTo(1);
                store.awaitReady(TestEngine.PATIENCE);
                assertThat(store.engineStatus().state()).isEqualTo(State.READY);
                assertThat(
                                store.metrics()
                                        .select(
                                                Tenant.DEFAULT,
                                                List.of(),
                                                TimeRange.ALL,
                                                SelectLimits.DEFAULT)
                                        .getFirst()
                                        .size())
                        .isEqualTo(start + 1);
            }
        }
    }
}
