package io.framewatch.server.dashboards;

/// How much the dashboards of one tenant may take.
///
/// @param boardBytesMax longest dashboard, bytes of JSON
/// @param boardsMax most dashboards in the store of a tenant, and most in a folder
/// @param versionsMax versions kept of a dashboard; the oldest goes
/// @param storeBytesMax most bytes of all versions of a tenant
public record BoardLimits(int boardBytesMax, int boardsMax, int versionsMax, long storeBytesMax) {

    /// Deepest nesting of a dashboard's JSON.
    public static final int DEPTH_MAX = 100;

    /// Ten thousand boards of up to 5 MB with 50 versions, 1 GB in all.
    public static final BoardLimits DEFAULT = new BoardLimits(5 << 20, 10_000, 50, 1L << 30);
}
