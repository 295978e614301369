package io.framewatch.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import io.framewatch.store.LogStoreContract;
import io.framewatch.store.TraceStore;
import io.framewatch.store.TraceStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryLogAndTraceStoreTest implements LogStoreContract, TraceStoreContract {

    @Override
    public long baseNs() {
        return 1_800_000_000_000_000_000L;
    }

    @Override
    public LogStore newLogStore() {
        return new InMemoryLogStore(1_000_000);
    }

    @Override
    public TraceStore newTraceStore() {
        return new InMemoryTraceStore(1000);
    }

    @Test
    void theOldestLineGoesWhenTheBudgetIsSpent() {
        try (LogStore store = new InMemoryLogStore(1000)) {
            for (int i = 0; i < 50; i++) {
                store.append(
                        Tenant.DEFAULT,
                        List.of(new LogEntry(i, Labels.EMPTY, "line " + i, Labels.EMPTY)));
            }
            List<String> kept = new ArrayList<>();
            store.select(
                    Tenant.DEFAULT,
                    new LogSelection(List.of(), List.of(), 0, 100, false, 100),
                    entry -> kept.add(entry.line()));
            assertThat(kept).hasSizeBetween(5, 10).contains("line 49").doesNotContain("line 0");
        }
    }
}
