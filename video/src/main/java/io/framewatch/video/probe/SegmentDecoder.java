package io.framewatch.video.probe;

import io.framewatch.model.FaultException;
import io.framewatch.video.ffmpeg.Children;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs ffmpeg over single segments: one short process each, at most so many at once, none longer
/// than allowed. Thread safe.
final class SegmentDecoder {

    private static final int FRAMES_MAX = 64;
    private static final int LOG_BYTES_MAX = 256 * 1024;
    private static final double SILENT_DB_MAX = -60;
    private static final String SMALL_GREY =
            "scale=" + GrayFrame.WIDTH + ":" + GrayFrame.HEIGHT + ":flags=area,format=gray";
    private static final Pattern PACKETS =
            Pattern.compile("Input stream #\\d+:\\d+ \\(video\\): (\\d+) packets read");
    private static final Pattern LOUDEST = Pattern.compile("max_volume: (-?[\\d.]+|-inf) dB");
    private static final Pattern SOUND = Pattern.compile("Stream #0:\\d+.*: Audio: ");

    private final ProbeSettings settings;
    private final Children children;
    private final Semaphore slots;
    private final AtomicInteger numbers = new AtomicInteger();

    SegmentDecoder(ProbeSettings settings, Children children) throws IOException {
        this.settings = settings;
        this.children = children;
        this.slots = new Semaphore(settings.decodersMax());
        Files.createDirectories(settings.workFolder());
    }

    /// Decodes the keyframes of a segment (with its initialization before it, if it has one).
    /// `withSound` says that it is known to have sound, which is then measured too.
    Decoded keyframes(byte[] media, boolean withSound) throws InterruptedException {
        Path jpeg = settings.workFolder().resolve("frame-" + numbers.incrementAndGet() + ".jpg");
        try {
            Output output = run(keyframeCommand(jpeg, withSound), media);
            return decoded(output, read(jpeg));
        } finally {
            delete(jpeg);
        }
    }

    /// Decodes five frames a second of a segment, keyframes or not.
    List<GrayFrame> between(byte[] media) throws InterruptedException {
        List<String> command = start("error");
        command.addAll(List.of("-i", "pipe:0", "-map", "0:v:0", "-vf", "fps=5," + SMALL_GREY));
        command.addAll(List.of("-f", "rawvideo", "pipe:1"));
        return frames(run(command, media).bytes());
    }

    private List<String> start(String logLevel) {
        return new ArrayList<>(
                List.of(
                        settings.ffmpeg(),
                        "-hide_banner",
                        "-nostats",
                        "-v",
                        logLevel,
                        "-threads",
                        "1"));
    }

    private List<String> keyframeCommand(Path jpeg, boolean withSound) {
        List<String> command = start("verbose");
        command.addAll(List.of("-skip_frame", "nokey", "-i", "pipe:0", "-filter_complex"));
        command.add("[0:v:0]split[a][b];[a]" + SMALL_GREY + "[grey];[b]scale=320:-2[small]");
        command.addAll(List.of("-map", "[grey]", "-vsync", "0", "-f", "rawvideo", "pipe:1"));
        command.addAll(List.of("-map", "[small]", "-frames:v", "1", "-q:v", "4", "-update", "1"));
        command.addAll(List.of("-y", jpeg.toString()));
        if (withSound) {
            command.addAll(List.of("-map", "0:a:0", "-af", "volumedetect", "-f", "null", "-"));
        }
        return command;
    }

    private record Output(byte[] bytes, String log) {}

    private Output run(List<String> command, byte[] media) throws InterruptedException {
        slots.acquire();
        try {
            Process process = children.start(new ProcessBuilder(command));
            try {
                return talk(process, media);
            } finally {
                process.destroyForcibly();
            }
        } catch (FaultException e) {
            return new Output(new byte[0], "");
        } finally {
            slots.release();
        }
    }

    private Output talk(Process process, byte[] media) throws InterruptedException {
        // Pipes keep a virtual thread's carrier until there is something in them.
        Thread writer = Thread.ofPlatform().daemon().start(() -> feed(process, media));
        Bytes log = new Bytes(process.getErrorStream(), LOG_BYTES_MAX);
        Bytes output = new Bytes(process.getInputStream(), FRAMES_MAX * GrayFrame.CELLS);
        Thread logReader = Thread.ofPlatform().daemon().start(log);
        Thread outputReader = Thread.ofPlatform().daemon().start(output);
        if (!process.waitFor(settings.decodeMax().toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        for (Thread thread : List.of(writer, logReader, outputReader)) {
            thread.join(1_000);
        }
        return new Output(output.bytes(), new String(log.bytes(), StandardCharsets.UTF_8));
    }

    private static void feed(Process process, byte[] media) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(media);
        } catch (IOException e) {
            // ffmpeg has read what it needs, or has ended; its output tells
        }
    }

    private static Decoded decoded(Output output, byte[] jpeg) {
        Matcher packets = PACKETS.matcher(output.log());
        Matcher loudest = LOUDEST.matcher(output.log());
        boolean silent = loudest.find() && isSilent(loudest.group(1));
        return new Decoded(
                frames(output.bytes()),
                jpeg,
                packets.find() ? Long.parseLong(packets.group(1)) : 0,
                SOUND.matcher(output.log()).find(),
                silent);
    }

    private static boolean isSilent(String decibels) {
        return decibels.equals("-inf") || Double.parseDouble(decibels) < SILENT_DB_MAX;
    }

    private static List<GrayFrame> frames(byte[] bytes) {
        List<GrayFrame> frames = new ArrayList<>();
        for (int at = 0; at + GrayFrame.CELLS <= bytes.length; at += GrayFrame.CELLS) {
            frames.add(new GrayFrame(Arrays.copyOfRange(bytes, at, at + GrayFrame.CELLS)));
        }
        return List.copyOf(frames);
    }

    private static byte[] read(Path file) {
        try {
            return Files.size(file) <= Pictures.JPEG_BYTES_MAX
                    ? Files.readAllBytes(file)
                    : new byte[0];
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    /// Reads a stream to its end and keeps so many bytes of it. Read by one thread, asked after
    /// that thread has ended.
    private static final class Bytes implements Runnable {

        private final InputStream from;
        private final int bytesMax;
        private volatile byte[] bytes = new byte[0];

        Bytes(InputStream from, int bytesMax) {
            this.from = from;
            this.bytesMax = bytesMax;
        }

        @Override
        public void run() {
            try (from) {
                bytes = from.readNBytes(bytesMax);
                from.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the process was ended; what was read so far is lost, which reads as "no frames"
            }
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
