package io.framewatch.store.clickhouse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Makes an engine on a Unix socket look like a ClickHouse server on TCP: hands bytes over both
/// ways. Thread safe.
public final class SocketBridge implements AutoCloseable {

    private final ServerSocketChannel listening;
    private final Path socket;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    private SocketBridge(ServerSocketChannel listening, Path socket) {
        this.listening = listening;
        this.socket = socket;
    }

    /// A bridge to `socket` on a free port.
    public static SocketBridge to(Path socket) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketBridge bridge = new SocketBridge(listening, socket);
        Thread.ofVirtual().name("bridge").start(bridge::accept);
        return bridge;
    }

    /// Where it listens.
    public URI url() throws IOException {
        int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel outside = listening.accept();
                SocketChannel inside = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                open.add(outside);
                open.add(inside);
                Thread.ofVirtual().start(() -> pump(outside, inside));
                Thread.ofVirtual().start(() -> pump(inside, outside));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer piece = ByteBuffer.allocate(64 << 10);
        try (from;
                to) {
            while (from.read(piece.clear()) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
            }
        } catch (IOException gone) {
            // Either side has ended: so does the other.
        }
    }

    /// Breaks all connections off; new ones are accepted.
    public void cut() {
        open.forEach(channel -> {
            try {
                channel.close();
            } catch (IOException alreadyGone) {
                // That was wanted.
            }
        });
        open.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
