package io.framewatch.server.http.prometheus;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.JsonOut;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts Prometheus's envelope around an answer, or around the fault that came instead. What
/// Prometheus has no field for stands beside its own, in `framewatch`: the fault's code, whose turn
/// it is and what to do.
final class ApiHandler implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

    private final Call call;

    /// What answers one path.
    @FunctionalInterface
    interface Call {
        ApiAnswer answer(Tenant tenant, ApiRequest request, ServerRequest raw);
    }

    ApiHandler(Call call) {
        this.call = call;
    }

    @Override
    public void handle(ServerRequest req, ServerResponse res) {
        JsonOut json;
        try {
            json = call.answer(Caller.of(req).tenant(), ApiRequest.of(req), req).json();
        } catch (FaultException e) {
            json = error(res, e.fault());
        } catch (CloseConnectionException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{} failed", req.path().path(), e);
            json = error(res, Fault.defect("The server failed to answer this request."));
        }
        Answers.json(req, res, json.toBytes());
    }

    private static JsonOut error(ServerResponse res, Fault fault) {
        ApiError error = ApiError.of(fault);
        res.status(error.status());
        JsonOut json = new JsonOut();
        json.raw("{\"status\":\"error\",\"errorType\":").text(error.type());
        json.raw(",\"error\":").text(text(fault));
        json.raw(",\"framewatch\":{\"code\":").text(fault.code());
        json.raw(",\"turn\":").text(fault.turn().name().toLowerCase(Locale.ROOT));
        return json.raw(",\"todo\":").text(fault.todo()).raw("}}");
    }

    /// Prometheus's clients show this text and some compare it: a query's parse error is introduced
    /// as there.
    private static String text(Fault fault) {
        return switch (fault.code()) {
            case "promql_parse" -> "invalid parameter \"query\": " + fault.what();
            case "parameter_invalid" -> fault.what();
            default -> fault.message();
        };
    }
}
