package io.framewatch.rules.evaluate;

import io.framewatch.model.SampleBatch;
import io.framewatch.store.MetricAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// What the rules of one evaluation write: each goes on when what it wrote can be read, and all
/// wait for the disk together, at the end. Of one thread.
final class Writes {

    private final MetricAppender appender;
    private final List<Write> underWay = new ArrayList<>();

    private record Write(
            CompletableFuture<Void> done, Runnable stored, Consumer<RuntimeException> failed) {}

    /// Nothing yet; writes go to `appender`.
    Writes(MetricAppender appender) {
        this.appender = appender;
    }

    /// Appends `batch`, which the caller leaves alone from now on, and returns when selects see it,
    /// or when it failed. What became of it is told by [#await]: `stored` or `failed`.
    void add(SampleBatch batch, Runnable stored, Consumer<RuntimeException> failed) {
        CompletableFuture<Void> visible = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        batch.setPatient();
        batch.whenVisible(() -> visible.complete(null));
        Thread.ofVirtual()
                .name("rule-append")
                .start(() -> {
                    try {
                        appender.append(batch);
                        done.complete(null);
                    } catch (RuntimeException | Error failure) {
                        done.completeExceptionally(failure);
                    } finally {
                        visible.complete(null);
                    }
                });
        visible.join();
        underWay.add(new Write(done, stored, failed));
    }

    /// Returns when everything added is as durable as the store makes it, or failed, which is told
    /// in the order of adding.
    void await() {
        for (Write write : underWay) {
            try {
                write.done.join();
                write.stored.run();
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof RuntimeException told) {
                    write.failed.accept(told);
                } else {
                    throw failure;
                }
            }
        }
        underWay.clear();
    }
}
