package io.framewatch.server.outbound;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends a request and waits for the whole answer, no longer and for no more than allowed: a server
/// that sends a byte now and then is cut off as well. Thread safe.
public final class BoundedHttp {

    /// How the client's own limit speaks.
    private static final String OVER_LIMIT = "body exceeds capacity";

    private BoundedHttp() {}

    /// An answer larger than allowed.
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(IOException cause) {
            super("the answer is larger than allowed", cause);
        }
    }

    /// The whole answer. Throws [HttpTimeoutException], [TooLargeException] or what else keeps it
    /// from coming.
    ///
    /// @param bytesMax longest body, bytes
    /// @param timeoutMs longest time for everything, milliseconds
    public static HttpResponse<byte[]> ask(
            HttpClient client, HttpRequest request, long bytesMax, long timeoutMs)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), bytesMax));
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no complete answer within " + timeoutMs + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw reason(e);
        }
    }

    private static IOException reason(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io
                    && String.valueOf(io.getMessage()).startsWith(OVER_LIMIT)) {
                return new TooLargeException(io);
            }
        }
        return e.getCause() instanceof IOException io ? io : new IOException(e);
    }
}
