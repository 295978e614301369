package io.framewatch.video.probe;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StreamReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One ffmpeg that is connected to a live source: grey keyframes on its standard output, progress
/// and errors on its standard error, a thumbnail in a file. Thread safe.
final class LiveDecoder implements AutoCloseable {

    private static final int FRAMES_MAX = 16;
    private static final int LINE_LENGTH_MAX = 2_000;

    private final Children children;
    private final String ffmpeg;
    private final String url;
    private final Path jpegFile;
    private final Clock clock;
    private final Deque<Shown> frames = new ArrayDeque<>();
    private final Deque<long[]> progress = new ArrayDeque<>();
    private @Nullable Process process;
    private long packets;
    private long bytes;
    private long mediaMs;
    private volatile long newestPacketAtMs;
    private volatile String lastLine = "";

    /// A keyframe and when it was decoded, Unix milliseconds.
    record Shown(GrayFrame frame, long atMs) {}

    LiveDecoder(Children children, String ffmpeg, String url, Path jpegFile, Clock clock) {
        this.children = children;
        this.ffmpeg = ffmpeg;
        this.url = url;
        this.jpegFile = jpegFile;
        this.clock = clock;
    }

    /// Starts ffmpeg; whether that worked.
    boolean start() {
        try {
            Process started = children.start(new ProcessBuilder(command()));
            started.getOutputStream().close();
            process = started;
            // Pipes keep a virtual thread's carrier until there is something in them.
            Thread.ofPlatform().daemon().start(() -> readFrames(started.getInputStream()));
            Thread.ofPlatform().daemon().start(() -> readLines(started.getErrorStream()));
            return true;
        } catch (IOException | FaultException e) {
            return false;
        }
    }

    /// The first output copies packets to nowhere, so that `-progress` counts all of them; the
    /// second and third show keyframes.
    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-hide_banner", "-nostats"));
        command.addAll(List.of("-v", "error", "-progress", "pipe:2", "-threads", "1"));
        if (url.startsWith("rtsp")) {
            command.addAll(List.of("-rtsp_transport", "tcp"));
        }
        command.addAll(List.of("-skip_frame", "nokey", "-i", url, "-filter_complex"));
        command.add(
                "[0:v:0]split[a][b];[a]scale="
                        + GrayFrame.WIDTH
                        + ":"
                        + GrayFrame.HEIGHT
                        + ":flags=area,format=gray[grey];[b]scale=320:-2[small]");
        command.addAll(List.of("-map", "0:v:0", "-c", "copy", "-f", "mpegts", "-y", "/dev/null"));
        command.addAll(List.of("-map", "[grey]", "-vsync", "0", "-f", "rawvideo", "pipe:1"));
        command.addAll(List.of("-map", "[small]", "-vsync", "0", "-q:v", "4", "-update", "1"));
        command.addAll(List.of("-y", jpegFile.toString()));
        return command;
    }

    private void readFrames(InputStream from) {
        try (from) {
            byte[] cells = from.readNBytes(GrayFrame.CELLS);
            while (cells.length == GrayFrame.CELLS) {
                synchronized (this) {
                    frames.addLast(new Shown(new GrayFrame(cells), clock.nowMs()));
                    if (frames.size() > FRAMES_MAX) {
                        frames.removeFirst();
                    }
                }
                cells = from.readNBytes(GrayFrame.CELLS);
            }
        } catch (IOException e) {
            // the process has ended, which hasEnded() tells
        }
    }

    private void readLines(InputStream from) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                take(line.length() > LINE_LENGTH_MAX ? line.substring(0, LINE_LENGTH_MAX) : line);
            }
        } catch (IOException e) {
            // the process has ended, which hasEnded() tells
        }
    }

    private synchronized void take(String line) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : line.substring(0, equals);
        switch (key) {
            case "frame" -> packets(number(line, equals));
            case "total_size" -> bytes = number(line, equals);
            case "out_time_us" -> mediaMs = number(line, equals) / 1000;
            case "progress" -> note();
            case "fps",
                    "bitrate",
                    "out_time_ms",
                    "out_time",
                    "dup_frames",
                    "drop_frames",
                    "speed" -> {}
            default -> {
                if (!key.startsWith("stream_")) {
                    lastLine = line.replace(url, VideoStream.shown(url));
                }
            }
        }
    }

    private void packets(long count) {
        if (count > packets) {
            packets = count;
            newestPacketAtMs = clock.nowMs();
        }
    }

    private static long number(String line, int equals) {
        try {
            return Long.parseLong(line.substring(equals + 1).trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void note() {
        long nowMs = clock.nowMs();
        progress.addLast(new long[] {nowMs, packets, bytes, mediaMs});
        while (progress.size() > 2 && progress.getFirst()[0] < nowMs - ArrivalSpeed.WINDOW_MS) {
            progress.removeFirst();
        }
    }

    /// The keyframes since the last call.
    synchronized List<Shown> takeFrames() {
        List<Shown> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    /// The newest thumbnail; empty if there is none or it is being written.
    byte[] jpeg() {
        try {
            byte[] jpeg = Files.readAllBytes(jpegFile);
            int end = jpeg.length;
            boolean whole = end > 4 && jpeg[end - 2] == (byte) 0xff && jpeg[end - 1] == (byte) 0xd9;
            return whole ? jpeg : new byte[0];
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /// When packets last arrived, Unix milliseconds; 0 if never.
    long newestPacketAtMs() {
        return newestPacketAtMs;
    }

    boolean hasEnded() {
        return process == null || !process.isAlive();
    }

    /// ffmpeg's last words.
    String lastLine() {
        return lastLine;
    }

    /// What its last words mean.
    Arrival failure() {
        return failure(lastLine);
    }

    static Arrival failure(String words) {
        String line = words.toLowerCase(Locale.ROOT);
        if (line.contains("connection refused")) {
            return Arrival.REFUSED;
        }
        if (line.contains("404") || line.contains("not found")) {
            return Arrival.NOT_FOUND;
        }
        if (line.contains("401") || line.contains("403")) {
            return Arrival.DENIED;
        }
        if (line.contains("timed out")) {
            return Arrival.TIMEOUT;
        }
        if (line.contains("resolve") || line.contains("name or service")) {
            return Arrival.UNRESOLVED;
        }
        return line.contains("invalid data") ? Arrival.BAD_DATA : Arrival.ERROR;
    }

    /// What is measured over the last seconds.
    synchronized StreamReading.Flow flow(long nowMs) {
        if (progress.size() < 2) {
            return StreamReading.Flow.NONE;
        }
        long[] first = progress.getFirst();
        long[] last = progress.getLast();
        double media = (last[3] - first[3]) / 1000.0;
        double wall = (last[0] - first[0]) / 1000.0;
        boolean enough = media > 1;
        return new StreamReading.Flow(
                enough ? (last[1] - first[1]) / media : Double.NaN,
                enough ? (last[2] - first[2]) * 8 / media : Double.NaN,
                newestPacketAtMs == 0 ? Double.NaN : (nowMs - newestPacketAtMs) / 1000.0,
                Double.NaN,
                wall * 1000 >= ArrivalSpeed.WINDOW_MIN_MS ? media / wall : Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        try {
            Files.deleteIfExists(jpegFile);
        } catch (IOException e) {
            jpegFile.toFile().deleteOnExit();
        }
    }
}
