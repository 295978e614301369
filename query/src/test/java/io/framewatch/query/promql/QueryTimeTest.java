package io.framewatch.query.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QueryTimeTest {

    private final ManualClock clock = new ManualClock(0);
    private final QueryContext context =
            QueryContext.defaults().withTimeout(Duration.ofMillis(500));
    private final QueryTime time = new QueryTime(context, clock);

    @Test
    void endsAfterTheTimeout() {
        clock.advance(Duration.ofMillis(500));
        assertThatCode(time::check).doesNotThrowAnyException();
        assertThat(time.elapsedNs()).isEqualTo(500_000_000);
        assertThat(time.leftMs()).isOne();
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(time::check).hasMessageContaining("longer than 500 ms");
    }

    @Test
    void endsWhenCanceled() {
        context.cancel();
        assertThatThrownBy(time::check).hasMessageContaining("canceled");
    }
}
