package io.framewatch.store.hot;

import org.jspecify.annotations.Nullable;

/// What few series have beside their floats: one object, so that all others do without more than
/// one field. Guarded by the series' monitor.
final class HotRare {

    @Nullable HotHistograms histograms;
    @Nullable HotStarts starts;
}
