package io.framewatch.video.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Real segments of 2 s, made with ffmpeg when first asked for.
final class Clips {

    private static final Map<String, List<byte[]>> MADE = new ConcurrentHashMap<>();
    private static final String STILL = "testsrc2=size=640x360:rate=25,trim=end_frame=1,";
    private static final String LOOP = "loop=-1:1:0,setpts=N/25/TB";

    private Clips() {}

    /// Skips the test where there is no ffmpeg.
    static void needFfmpeg() {
        Assumptions.assumeTrue(works(List.of("ffmpeg", "-version")), "no ffmpeg on the path");
    }

    static List<byte[]> moving() {
        return clip("testsrc2=size=640x360:rate=25");
    }

    static List<byte[]> frozen() {
        return clip(STILL + LOOP);
    }

    static List<byte[]> noisyFrozen() {
        return clip(STILL + LOOP + ",noise=alls=12:allf=t");
    }

    static List<byte[]> clockOnly() {
        String text = "drawtext=text='%{pts\\:hms}':fontsize=16:x=10:y=10:fontcolor=white:box=1";
        return clip(STILL + LOOP + "," + text + ":boxcolor=black");
    }

    static List<byte[]> black() {
        return clip("color=black:size=640x360:rate=25");
    }

    /// A motion that comes back to the same picture at each keyframe.
    static List<byte[]> periodic() {
        return clip("testsrc2=size=640x360:rate=25,trim=end_frame=50,loop=-1:50:0,setpts=N/25/TB");
    }

    private static List<byte[]> clip(String source) {
        return MADE.computeIfAbsent(source, Clips::make);
    }

    private static List<byte[]> make(String source) {
        try {
            Path folder = Files.createTempDirectory("clip");
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
            command.addAll(List.of("-f", "lavfi", "-i", source, "-f", "lavfi", "-i"));
            command.addAll(List.of("sine=frequency=440:sample_rate=48000", "-t", "12"));
            command.addAll(
                    List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"));
            command.addAll(List.of("-g", "50", "-keyint_min", "50", "-sc_threshold", "0"));
            command.addAll(List.of("-b:v", "600k", "-c:a", "aac", "-b:a", "64k", "-f", "hls"));
            command.addAll(List.of("-hls_time", "2", "-hls_list_size", "0"));
            command.addAll(
                    List.of("-hls_segment_filename", folder + "/s%02d.ts", folder + "/l.m3u8"));
            Assumptions.assumeTrue(works(command), "this ffmpeg cannot make the clip");
            return read(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> read(Path folder) throws IOException {
        List<byte[]> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                if (file.toString().endsWith(".ts")) {
                    segments.add(Files.readAllBytes(file));
                }
                Files.delete(file);
            }
        }
        Files.delete(folder);
        return segments;
    }

    private static boolean works(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
