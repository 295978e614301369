package io.framewatch.ingest.discover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A DNS server on a loopback UDP port (RFC 1035, section 4): answers from a table, NXDOMAIN for
/// other names, or an error on demand. Thread safe.
final class DnsDouble implements AutoCloseable {

    private static final Map<String, Integer> TYPES =
            Map.of("A", 1, "NS", 2, "MX", 15, "AAAA", 28, "SRV", 33);

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private volatile int failure;

    /// Names asked for, each as `TYPE name.`.
    final List<String> asked = new CopyOnWriteArrayList<>();

    DnsDouble() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("dns-double").start(this::serve);
    }

    String address() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    /// From now on, the name (with a dot at its end) has these records of a type.
    void has(String type, String name, byte[]... data) {
        records.put(type + " " + name, List.of(data));
    }

    /// From now on, every question is answered with this code; 2 is SERVFAIL, 0 ends that.
    void fail(int code) {
        failure = code;
    }

    static byte[] address(String text) throws IOException {
        return InetAddress.getByName(text).getAddress();
    }

    /// Numbers of 16 bits, then a name: the data of SRV, MX and NS.
    static byte[] data(String name, int... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int number : numbers) {
            out.write(number >> 8);
            out.write(number);
        }
        for (String label : name.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    private void serve() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                answer(Arrays.copyOf(buffer, question.getLength()), question.getSocketAddress());
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(byte[] question, SocketAddress to) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            int length = question[at++];
            name.append(new String(question, at, length, StandardCharsets.US_ASCII)).append('.');
            at += length;
        }
        int number = question[at + 1] << 8 | question[at + 2] & 0xff;
        String type =
                TYPES.entrySet().stream()
                        .filter(entry -> entry.getValue() == number)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("?");
        asked.add(type + " " + name);
        boolean exists = records.keySet().stream().anyMatch(key -> key.endsWith(" " + name));
        List<byte[]> data =
                failure == 0 ? records.getOrDefault(type + " " + name, List.of()) : List.of();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        int code = failure != 0 ? failure : exists ? 0 : 3;
        out.writeBytes(new byte[] {(byte) 0x84, (byte) (0x80 | code), 0, 1, 0, (byte) data.size()});
        out.writeBytes(new byte[4]);
        out.write(question, 12, at + 5 - 12);
        for (byte[] one : data) {
            out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, (byte) number, 0, 1, 0, 0, 0, 5});
            out.write(one.length >> 8);
            out.write(one.length);
            out.writeBytes(one);
        }
        byte[] bytes = out.toByteArray();
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Override
    public void close() {
        socket.close();
    }
}
