package io.framewatch.respond.config;

import io.framewatch.respond.notify.WebhookConfig;
import java.util.List;

/// Somebody to tell, through any number of channels. Everything told to a receiver is in the inbox
/// too, so one without channels is useful.
///
/// @param name what routes call it
/// @param webhooks its webhooks
public record Receiver(String name, List<WebhookConfig> webhooks) {}
