package io.framewatch.ingest.scrape;

/// A scrape that failed; the message is what people see as the target's last error.
final class ScrapeException extends Exception {

    private static final long serialVersionUID = 1L;

    ScrapeException(String reason) {
        super(reason);
    }
}
