package io.framewatch.video.probe;

import io.framewatch.video.state.StreamReading;

/// Looks at one stream again and again. Called by one thread at a time.
interface StreamProbe extends AutoCloseable {

    /// Looks once and says what is known now. Takes no longer than the bounds of [ProbeSettings]
    /// add up to.
    StreamReading look() throws InterruptedException;

    /// Ends what is still going on. May be called while a look is under way.
    @Override
    void close();
}
