package io.framewatch.demo;

import org.jspecify.annotations.Nullable;

/// Sees the demo as its users do: through what the running server answers, never through the
/// pipeline itself.
@FunctionalInterface
public interface Observer {

    /// How a stream stands; null if nothing is known of it now.
    @Nullable Observation of(String streamId);

    /// How a stream stands.
    ///
    /// @param state its state, in capitals as `GET /api/now` answers it
    /// @param alerting whether an alert about it fires
    record Observation(String state, boolean alerting) {

        /// Whether all is well.
        public boolean isFine() {
            return state.equals("LIVE") && !alerting;
        }
    }
}
