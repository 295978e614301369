package io.framewatch.server.http.receive;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/// Stands before every gRPC call: finds out whose data it is, holds the number of calls at once,
/// and gives up those whose message does not come. Thread safe.
final class GrpcGuard implements ServerInterceptor, AutoCloseable {

    private static final Context.Key<Tenant> TENANT = Context.key("tenant");
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> SCOPE =
            Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER);

    private final BiFunction<String, String, Tenant> senders;
    private final Semaphore places;
    private final Duration timeout;
    private final Tasks tasks = new Tasks("grpc-guard");

    GrpcGuard(BiFunction<String, String, Tenant> senders, GrpcReceiver.Limits limits) {
        this.senders = senders;
        this.places = new Semaphore(limits.callsMax());
        this.timeout = Duration.ofMillis(limits.messageTimeoutMs());
    }

    /// Whose data the current call sends.
    static Tenant tenant() {
        return TENANT.get();
    }

    /// How a fault is told in gRPC; OTLP's senders try again at `UNAVAILABLE` only.
    static Status status(Fault fault) {
        Status status =
                switch (fault.code()) {
                    case "unauthenticated" -> Status.UNAUTHENTICATED;
                    case "forbidden", "tenant_refused" -> Status.PERMISSION_DENIED;
                    default ->
                            switch (fault.turn()) {
                                case CALLER -> Status.INVALID_ARGUMENT;
                                case OPERATOR, LATER -> Status.UNAVAILABLE;
                                case FRAMEWATCH -> Status.INTERNAL;
                            };
                };
        return status.withDescription(fault.message());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Tenant tenant;
        try {
            tenant = senders.apply(text(headers, AUTHORIZATION), text(headers, SCOPE));
        } catch (FaultException e) {
            return refuse(call, status(e.fault()));
        }
        if (!places.tryAcquire()) {
            return refuse(
                    call, Status.UNAVAILABLE.withDescription("Too many calls. Try again later."));
        }
        AtomicBoolean arrived = new AtomicBoolean();
        Future<?> cutOff = tasks.after("grpc-slow", timeout, () -> giveUp(call, arrived));
        ServerCall.Listener<Q> inner =
                Contexts.interceptCall(
                        Context.current().withValue(TENANT, tenant), call, headers, next);
        return new Patient<>(inner, arrived, cutOff, places);
    }

    private static String text(Metadata headers, Metadata.Key<String> key) {
        String text = headers.get(key);
        return text == null ? "" : text;
    }

    private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static void giveUp(ServerCall<?, ?> call, AtomicBoolean arrived) {
        if (arrived.compareAndSet(false, true)) {
            call.close(
                    Status.DEADLINE_EXCEEDED.withDescription(
                            "The message did not arrive in time. Send smaller batches."),
                    new Metadata());
        }
    }

    @Override
    public void close() {
        tasks.close();
    }

    /// Lets a call go on if its message came before it was given up, and gives its place back once.
    private static final class Patient<Q> extends SimpleForwardingServerCallListener<Q> {

        private final AtomicBoolean arrived;
        private final Future<?> cutOff;
        private final Semaphore places;
        private final AtomicBoolean ended = new AtomicBoolean();

        Patient(
                ServerCall.Listener<Q> inner,
                AtomicBoolean arrived,
                Future<?> cutOff,
                Semaphore places) {
            super(inner);
            this.arrived = arrived;
            this.cutOff = cutOff;
            this.places = places;
        }

        @Override
        public void onHalfClose() {
            if (arrived.compareAndSet(false, true)) {
                cutOff.cancel(false);
                super.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            end();
            super.onCancel();
        }

        @Override
        public void onComplete() {
            end();
            super.onComplete();
        }

        private void end() {
            cutOff.cancel(false);
            if (ended.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
