package io.framewatch.respond.notify;

/// One way to tell a receiver: an integration. Thread safe.
public interface Notifier {

    /// Its name for people and lists, without secrets, for example `webhook hooks.example.com`.
    String channel();

    /// Whether it wants to hear that alerts are resolved.
    boolean sendsResolved();

    /// Sends once and waits for the answer, at most as long as it is configured to. Does not throw.
    SendResult send(Notification notification);
}
