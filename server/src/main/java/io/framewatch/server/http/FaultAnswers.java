package io.framewatch.server.http;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what a handler threw into an answer: `{"error":{"code","turn","what","todo"}}` with the
/// fault's status. What is not a fault is a defect: it is logged with its stack and answered
/// without its text. Thread safe.
public final class FaultAnswers {

    private static final Logger log = LoggerFactory.getLogger(FaultAnswers.class);

    private FaultAnswers() {}

    static void addTo(HttpRouting.Builder routing) {
        routing.error(FaultException.class, (req, res, e) -> send(res, e.fault()));
        routing.error(Throwable.class, FaultAnswers::unexpected);
    }

    /// Answers for requests that the web server refuses before any filter or endpoint sees them.
    static DirectHandlers direct() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type, (_, kind, status, headers, _) -> refused(kind, status, headers));
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse refused(
            DirectHandler.EventType kind, Status status, ServerResponseHeaders headers) {
        DirectHandler.TransportResponse.Builder answer =
                DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .header(HeaderNames.CONTENT_TYPE, "application/json")
                        .keepAlive(kind.keepAlive())
                        .entity(json(ofHttp(status.code())).toBytes());
        return RetryLater.isLater(status.code())
                ? answer.header(HeaderNames.RETRY_AFTER, "1").build()
                : answer.build();
    }

    /// Answers with a fault.
    public static void send(ServerResponse res, Fault fault) {
        res.status(HttpStatuses.of(fault));
        if (fault.turn() == Fault.Turn.LATER) {
            res.header(HeaderNames.RETRY_AFTER, "1");
        }
        if (fault.code().equals("unauthenticated")) {
            res.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        Answers.json(res, json(fault));
    }

    private static JsonOut json(Fault fault) {
        JsonOut json = new JsonOut();
        json.raw("{\"error\":{\"code\":").text(fault.code());
        json.raw(",\"turn\":").text(fault.turn().name().toLowerCase(Locale.ROOT));
        json.raw(",\"what\":").text(fault.what());
        return json.raw(",\"todo\":").text(fault.todo()).raw("}}");
    }

    private static void unexpected(ServerRequest req, ServerResponse res, Throwable e) {
        switch (e) {
            case HttpException http -> send(res, ofHttp(http.status().code()));
            case RequestException http -> send(res, ofHttp(http.status().code()));
            case CloseConnectionException close -> throw close;
            case DataReader.InsufficientDataAvailableException gone -> throw clientGone(gone);
            case UncheckedIOException io -> goneOrDefect(req, res, io);
            default -> defect(req, res, e);
        }
    }

    private static void goneOrDefect(
            ServerRequest req, ServerResponse res, UncheckedIOException e) {
        if (res.isSent() || gone(e.getCause())) {
            throw clientGone(e);
        }
        defect(req, res, e);
    }

    private static boolean gone(@Nullable Throwable cause) {
        return cause instanceof SocketException || cause instanceof ClosedChannelException;
    }

    private static CloseConnectionException clientGone(RuntimeException e) {
        return new CloseConnectionException("the client went away", e);
    }

    private static void defect(ServerRequest req, ServerResponse res, Throwable e) {
        log.error("{} {} failed", req.prologue().method().text(), req.path().path(), e);
        if (!res.isSent()) {
            send(res, Fault.defect("The server failed to answer this request."));
        }
    }

    private static Fault ofHttp(int status) {
        return switch (status) {
            case 404 -> Fault.caller("not_found", "Nothing is served here.", "Check the address.");
            case 405 ->
                    Fault.caller(
                            "method_unsupported",
                            "This address does not answer that method.",
                            "Use the method the reference names.");
            case 413 -> Bodies.tooLarge("the configured limit");
            case 503 ->
                    Fault.later(
                            "too_many_requests",
                            "As many requests are served as may be at once.",
                            "Send it again in a second, or raise `limits.requestsMax`.");
            default ->
                    Fault.caller(
                            "request_invalid",
                            "The request is not valid HTTP for this address.",
                            "Correct the request.");
        };
    }
}
