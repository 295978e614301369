package io.framewatch.verify.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// A process that answers scrapes on 127.8.0.1 to 127.8.0.50, all on one port, which it prints. Any
/// path is an exporter; values change from answer to answer. For each line on its input it prints
/// how many answers it has given.
public final class ScrapeTargets {

    private static final int HOSTS = 50;
    private static final int VARIANTS = 8;

    private final byte[][] answers = new byte[VARIANTS][];
    private final AtomicLong given = new AtomicLong();

    private ScrapeTargets(int series) {
        for (int variant = 0; variant < VARIANTS; variant++) {
            byte[] body = body(series, variant).getBytes(UTF_8);
            String head =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: "
                            + body.length
                            + "\r\n\r\n";
            byte[] start = head.getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[start.length + body.length];
            System.arraycopy(start, 0, whole, 0, start.length);
            System.arraycopy(body, 0, whole, start.length, body.length);
            answers[variant] = whole;
        }
    }

    private static String body(int series, int variant) {
        StringBuilder text = new StringBuilder();
        int perFamily = 10;
        for (int i = 0; i < series; i++) {
            String name = "stream_bytes_" + i / perFamily + "_total";
            if (i % perFamily == 0) {
                text.append("# HELP ").append(name).append(" Bytes of a stream.\n# TYPE ");
                text.append(name).append(" counter\n");
            }
            text.append(name).append("{stream=\"s").append(i % perFamily);
            text.append("\",codec=\"h264\",rendition=\"1080p\"} ");
            text.append(1_000_000L * variant + i * 37L).append('\n');
        }
        return text.toString();
    }

    /// Argument: series an exporter shows. Ends when it is killed.
    public static void main(String[] args) throws Exception {
        ScrapeTargets targets = new ScrapeTargets(Integer.parseInt(args[0]));
        int port = 0;
        for (int host = 1; host <= HOSTS; host++) {
            ServerSocket socket =
                    new ServerSocket(port, 512, InetAddress.getByName("127.8.0." + host));
            port = socket.getLocalPort();
            Thread.ofPlatform().start(() -> targets.accept(socket));
        }
        System.out.println(port);
        System.out.flush();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (asked.readLine() != null) {
            System.out.println(targets.given.get());
            System.out.flush();
        }
        new CountDownLatch(1).await();
    }

    private void accept(ServerSocket listening) {
        while (true) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            int answer = 0;
            while (pastRequest(in)) {
                out.write(answers[answer++ % VARIANTS]);
                out.flush();
                given.incrementAndGet();
            }
        } catch (IOException e) {
            return; // the scraper closed the connection
        }
    }

    /// Reads to the blank line at a request's end; false if the connection ends first.
    private static boolean pastRequest(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            boolean expected = c == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : c == '\r' ? 1 : 0;
        }
        return true;
    }
}
