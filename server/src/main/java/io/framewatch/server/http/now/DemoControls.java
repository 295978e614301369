package io.framewatch.server.http.now;

/// The demo's buttons.
public interface DemoControls {

    /// Breaks something for real.
    ///
    /// Throws `FaultException` with code `demo_fault` for an unknown fault or target.
    ///
    /// @param fault name of the fault, for example `frozen`
    /// @param target stream or stage, empty for the fault's usual one
    void inject(String fault, String target);

    /// Mends everything that was broken by [#inject].
    void clear();
}
