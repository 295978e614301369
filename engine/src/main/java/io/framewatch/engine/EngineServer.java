package io.framewatch.engine;

import io.framewatch.engine.http.HttpConnection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Listens on a Unix socket that only this user may open, and serves each connection on a thread of
/// its own: platform threads, because a native call holds its carrier.
final class EngineServer implements AutoCloseable {

    /// More connections than this wait to be accepted.
    private static final int CONNECTIONS_MAX = 64;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final ConnectionPool pool;
    private final long queryBytesMax;
    private final Semaphore places = new Semaphore(CONNECTIONS_MAX);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private EngineServer(
            Path socket, ServerSocketChannel listener, ConnectionPool pool, long queryBytesMax) {
        this.socket = socket;
        this.listener = listener;
        this.pool = pool;
        this.queryBytesMax = queryBytesMax;
    }

    /// Binds `socket`, replacing what a crash left there, and serves until closed. No query may use
    /// more memory than `queryBytesMax`.
    static EngineServer start(Path socket, ConnectionPool pool, long queryBytesMax)
            throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket), CONNECTIONS_MAX);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        EngineServer server = new EngineServer(socket, listener, pool, queryBytesMax);
        Thread.ofPlatform().name("engine-accept").daemon().start(server::accept);
        return server;
    }

    private void accept() {
        try {
            while (true) {
                places.acquireUninterruptibly();
                SocketChannel channel = listener.accept();
                open.add(channel);
                Thread.ofPlatform().name("engine-http").daemon().start(() -> serve(channel));
            }
        } catch (ClosedChannelException closed) {
            // Closing is how this ends.
        } catch (IOException failed) {
            System.err.println("engine: cannot accept connections: " + failed);
        }
    }

    private void serve(SocketChannel channel) {
        try (HttpConnection connection = new HttpConnection(channel)) {
            RequestHandler handler = new RequestHandler(connection, pool, queryBytesMax);
            boolean more = true;
            while (more) {
                more = handler.handleOne();
            }
        } catch (IOException gone) {
            // The other end went away; it knows.
        } finally {
            open.remove(channel);
            places.release();
        }
    }

    /// Accepts nothing more and ends open connections.
    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
        Files.deleteIfExists(socket);
    }
}
