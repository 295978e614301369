package io.framewatch.respond.notify;

import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: longer each time up to a cap, with jitter, so that
/// many deliveries to a receiver that came back do not arrive in one instant. Immutable.
///
/// @param firstMs wait after the first failure, milliseconds
/// @param factor growth from one wait to the next
/// @param mostMs longest wait, milliseconds
/// @param jitter share by which a wait varies both ways, 0 to 1
public record Backoff(long firstMs, double factor, long mostMs, double jitter) {

    /// Half a second, growing by half, at most a minute, give or take a tenth.
    public static final Backoff DEFAULT = new Backoff(500, 1.5, 60_000, 0.1);

    /// The wait after `failures` failed attempts, milliseconds.
    public long waitMs(int failures, RandomGenerator random) {
        double plain =
                Math.min((double) mostMs, firstMs * Math.pow(factor, Math.max(0, failures - 1)));
        double share = jitter == 0 ? 1 : 1 + jitter * (2 * random.nextDouble() - 1);
        return Math.max(1, Math.round(plain * share));
    }
}
