package io.framewatch.ingest.spool;

/// Somebody who reads one kind of rows off the spool.
///
/// @param name tells it from others, also after a restart
/// @param kind which rows
public record Destination(String name, Kind kind) {}
