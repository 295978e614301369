package io.framewatch.demo.trace;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// Takes MPEG-TS datagrams at a port of its own on loopback and passes them on to another, noting
/// when pictures came. Nobody listening there is no error: the datagram is lost, as it is on a
/// network. Thread safe.
public final class TsRelay implements AutoCloseable {

    private static final int DATAGRAM_BYTES_MAX = 65_536;

    /// What may wait while this program is busy: some seconds of a camera.
    private static final int WAITING_BYTES_MAX = 1 << 20;

    /// The id that ffmpeg gives the first stream it sends; the others follow, videos first.
    private static final int FIRST_PID = 0x100;

    /// The 33 bits of a presentation time.
    private static final long PTS_ROUND_MS = (1L << 33) / 90;

    private final DatagramSocket socket;
    private final InetSocketAddress to;
    private final Clock clock;
    private final Video[] videos;
    private final TsPictures pictures = new TsPictures(this::picture);
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private long nowMs;

    private static final class Video {
        private final PictureMarks marks = new PictureMarks();
        private long lastMs = -1;
        private long roundMs;
    }

    private TsRelay(DatagramSocket socket, int to, int videoCount, Clock clock) {
        this.socket = socket;
        this.to = new InetSocketAddress(InetAddress.getLoopbackAddress(), to);
        this.clock = clock;
        this.videos = new Video[videoCount];
        Arrays.setAll(videos, _ -> new Video());
    }

    /// Begins to pass datagrams on to port `to` and to note the pictures of the first `videoCount`
    /// videos in them. Throws if no port can be had.
    public static TsRelay start(String name, int to, int videoCount, Clock clock)
            throws IOException {
        DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(WAITING_BYTES_MAX);
        TsRelay relay = new TsRelay(socket, to, videoCount, clock);
        Thread.ofVirtual().name(name).start(relay::run);
        return relay;
    }

    private void run() {
        DatagramPacket datagram = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], 0);
        while (!socket.isClosed()) {
            try {
                datagram.setLength(DATAGRAM_BYTES_MAX);
                socket.receive(datagram);
                note(datagram);
                datagram.setSocketAddress(to);
                socket.send(datagram);
            } catch (IOException e) {
                lost.incrementAndGet(); // closed, or not to be passed on: lost, as on a network
            }
        }
    }

    private void note(DatagramPacket datagram) {
        nowMs = clock.nowMs();
        datagrams.incrementAndGet();
        bytes.addAndGet(datagram.getLength());
        pictures.read(datagram.getData(), datagram.getLength());
        gaps.set(pictures.gaps());
    }

    /// Media time goes on where the 33 bits begin anew.
    private void picture(int pid, long pts90k, boolean key) {
        int place = FIRST_PID <= pid ? pid - FIRST_PID : videos.length;
        if (place >= videos.length) {
            return;
        }
        Video video = videos[place];
        long mediaMs = pts90k / 90;
        if (video.lastMs >= 0 && mediaMs < video.lastMs - PTS_ROUND_MS / 2) {
            video.roundMs += PTS_ROUND_MS;
        }
        video.lastMs = mediaMs;
        video.marks.passed(video.roundMs + mediaMs, key, nowMs);
    }

    /// Where it takes datagrams.
    public int port() {
        return socket.getLocalPort();
    }

    /// Datagrams taken so far.
    public long datagrams() {
        return datagrams.get();
    }

    /// Bytes taken so far.
    public long bytes() {
        return bytes.get();
    }

    /// MPEG-TS packets that were missing so far.
    public long gaps() {
        return gaps.get();
    }

    /// Datagrams that could not be passed on so far.
    public long lost() {
        return lost.get();
    }

    /// When the pictures of a video passed; videos are counted from 0.
    public PictureMarks marks(int video) {
        return videos[video].marks;
    }

    @Override
    public void close() {
        socket.close();
    }
}
