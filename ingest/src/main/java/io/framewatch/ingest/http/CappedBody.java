package io.framewatch.ingest.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Collects a body into one array and gives up beyond a number of bytes.
final class CappedBody implements HttpResponse.BodySubscriber<Body> {

    private final long bytesMax;
    private final CompletableFuture<Body> done = new CompletableFuture<>();
    private byte[] data;
    private int length;
    private Flow.@Nullable Subscription subscription;

    CappedBody(long bytesMax) {
        this.bytesMax = bytesMax;
        this.data = new byte[16 * 1024];
    }

    @Override
    public CompletionStage<Body> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int more = buffer.remaining();
            if (length + (long) more > bytesMax) {
                if (subscription != null) {
                    subscription.cancel();
                }
                done.completeExceptionally(new BodyTooLargeException(bytesMax));
                return;
            }
            if (length + more > data.length) {
                data = Arrays.copyOf(data, Math.max(length + more, data.length * 2));
            }
            buffer.get(data, length, more);
            length += more;
        }
    }

    @Override
    public void onError(Throwable problem) {
        done.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        done.complete(new Body(data, length));
    }
}
