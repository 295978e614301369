package io.framewatch.respond;

/// How far a notification got on one channel.
///
/// @param channel name of the channel, without secrets
/// @param status where it stands
/// @param attempts attempts made
/// @param atMs when that was, Unix milliseconds
/// @param nextAttemptMs when it is tried again, Unix milliseconds; 0 if it is not
/// @param detail what the receiver answered or what went wrong, for people
public record ChannelResult(
        String channel, Status status, int attempts, long atMs, long nextAttemptMs, String detail) {

    /// Where a notification stands.
    public enum Status {
        /// Not tried yet.
        WAITING,
        /// Failed and will be tried again.
        RETRYING,
        /// The receiver took it.
        DELIVERED,
        /// The receiver refused it, or there was no room to keep it.
        FAILED
    }
}
