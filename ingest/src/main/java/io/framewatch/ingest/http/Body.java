package io.framewatch.ingest.http;

/// Bytes of an answer.
///
/// @param data holds the bytes, may be longer
/// @param length how many of them belong to the answer
public record Body(byte[] data, int length) {}
