package io.framewatch.respond.notify;

/// What became of one attempt to send.
public sealed interface SendResult {

    /// The receiver took it.
    ///
    /// @param detail what it answered, for example `200`
    record Delivered(String detail) implements SendResult {}

    /// It did not, and may later.
    ///
    /// @param reason what happened, for people
    /// @param notBeforeMs how long the receiver asked to be left alone, milliseconds; 0 if it did
    ///   not say
    record TryAgain(String reason, long notBeforeMs) implements SendResult {}

    /// It refused, and would again.
    ///
    /// @param reason what happened, for people
    record Refused(String reason) implements SendResult {}
}
