package io.framewatch.model;

/// The host's clocks; the one place that may call them.
enum SystemClock implements Clock {
    INSTANCE;

    @Override
    public long nowMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
