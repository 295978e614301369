package io.framewatch.ingest.http;

import java.io.InputStream;

/// An answer whose body is still coming.
///
/// @param status HTTP status
/// @param body the body; to be closed
public record OpenAnswer(int status, InputStream body) {}
