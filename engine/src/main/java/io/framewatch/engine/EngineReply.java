package io.framewatch.engine;

import io.framewatch.engine.http.HttpBody;
import io.framewatch.engine.http.HttpHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the engine answers, read piece by piece. To be closed; closing it early breaks the
/// connection off. Not thread safe.
public final class EngineReply implements AutoCloseable {

    private static final Pattern WRITTEN = Pattern.compile("\"(\\w+)\":\"(\\d+)\"");

    private final HttpHead head;
    private final HttpBody body;
    private final EngineClient.Lease lease;

    EngineReply(HttpHead head, HttpBody body, EngineClient.Lease lease) {
        this.head = head;
        this.body = body;
        this.lease = lease;
    }

    /// Reads at least one byte into `target`; -1 at the end. Throws [EngineException] if the
    /// statement broke off, `FaultException` with code `engine_gone` if the engine did.
    public int read(ByteBuffer target) {
        try {
            int read = body.read(target);
            if (read < 0) {
                checkTrailers();
            }
            return read;
        } catch (IOException failed) {
            throw lease.gone(failed);
        }
    }

    private void checkTrailers() {
        String code = body.trailers().get("x-clickhouse-exception-code");
        if (code != null) {
            String text = body.trailers().getOrDefault("x-framewatch-exception", "");
            throw new EngineException(Integer.parseInt(code), text);
        }
    }

    /// What was read and written; complete once [#read] has returned -1.
    public Summary summary() {
        String json = body.trailers().get("x-clickhouse-summary");
        return parse(json == null ? head.field("x-clickhouse-summary") : json);
    }

    private static Summary parse(@Nullable String json) {
        Summary summary = Summary.NONE;
        Matcher matcher = WRITTEN.matcher(json == null ? "" : json);
        while (matcher.find()) {
            long n = Long.parseLong(matcher.group(2));
            summary =
                    summary.plus(
                            switch (matcher.group(1)) {
                                case "read_rows" -> new Summary(n, 0, 0, 0);
                                case "read_bytes" -> new Summary(0, n, 0, 0);
                                case "written_rows" -> new Summary(0, 0, n, 0);
                                case "written_bytes" -> new Summary(0, 0, 0, n);
                                default -> Summary.NONE;
                            });
        }
        return summary;
    }

    /// Gives the connection back if the answer was read to its end, and ends it otherwise.
    @Override
    public void close() {
        lease.close(body.ended() && !head.closes());
    }
}
