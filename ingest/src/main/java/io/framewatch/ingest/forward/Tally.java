package io.framewatch.ingest.forward;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// What became of the rows of one remote and kind. Thread safe.
final class Tally {

    final AtomicLong sent = new AtomicLong();
    final AtomicLong failedTries = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong tooOld = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicReference<String> lastError = new AtomicReference<>("");
}
