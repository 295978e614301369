package io.framewatch.server.http.receive;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A gRPC message as it came: its bytes, or why they cannot be had, such as a compressed message
/// that unpacks to more than is allowed.
///
/// @param bytes the message unpacked; empty if `status` is not OK
/// @param status OK, or what the sender is told
record GrpcMessage(byte[] bytes, Status status) {

    static final MethodDescriptor.Marshaller<GrpcMessage> MARSHALLER = new Marshaller();

    static GrpcMessage of(byte[] bytes) {
        return new GrpcMessage(bytes, Status.OK);
    }

    /// Thread safe.
    private static final class Marshaller implements MethodDescriptor.Marshaller<GrpcMessage> {

        @Override
        public InputStream stream(GrpcMessage message) {
            return new ByteArrayInputStream(message.bytes());
        }

        @Override
        public GrpcMessage parse(InputStream message) {
            try {
                return of(message.readAllBytes());
            } catch (StatusRuntimeException e) {
                return new GrpcMessage(new byte[0], e.getStatus());
            } catch (IOException e) {
                return new GrpcMessage(
                        new byte[0],
                        Status.INVALID_ARGUMENT.withDescription(
                                "The message cannot be decompressed. Send plain or gzip."));
            }
        }
    }
}
