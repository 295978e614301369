package io.framewatch.ingest.http;

/// What a server answered.
///
/// @param status HTTP status
/// @param contentType `Content-Type`, empty if it names none
/// @param retryAfter `Retry-After`, empty if there is none
/// @param body the body, decompressed
public record Answer(int status, String contentType, String retryAfter, Body body) {}
