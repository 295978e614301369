package io.framewatch.server.dashboards;

/// One save of a dashboard.
///
/// @param version counts up from 1
/// @param atMs when, Unix milliseconds
/// @param by who
/// @param message why, empty if nothing was said
/// @param folder the group it was put in
/// @param bytes length of the dashboard
public record BoardVersion(
        long version, long atMs, String by, String message, String folder, long bytes) {}
