package io.framewatch.server.config;

import java.net.URI;

/// A webhook that is told about alerts.
///
/// @param name its name in messages and metrics
/// @param url where alerts are posted
public record ReceiverSettings(String name, URI url) {}
