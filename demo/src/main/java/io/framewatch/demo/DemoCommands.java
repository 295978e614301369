package io.framewatch.demo;

import io.framewatch.video.ffmpeg.FfmpegCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The command lines of the demo's stages. All of them work with ffmpeg of 2018 to today.
///
/// Stages are joined by MPEG-TS over UDP on loopback: each end may come and go without the other.
final class DemoCommands {

    /// Pictures a second.
    static final int FPS = 25;

    /// Length of a segment, and of a group of pictures, seconds.
    static final int SEGMENT_SECONDS = 2;

    private static final String GOP = Integer.toString(FPS * SEGMENT_SECONDS);

    private final Path ffmpeg;
    private final @Nullable Path font;

    DemoCommands(Path ffmpeg, @Nullable Path font) {
        this.ffmpeg = ffmpeg;
        this.font = font;
    }

    /// A camera that sends to a port. `streamselect` chooses between what it sees (0), the first
    /// picture that it saw (1) and black (2), and obeys commands on standard input.
    FfmpegCommand camera(DemoCamera camera, Picture picture, int port, Path folder) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("-re", "-f", "lavfi", "-i", camera.scene().graph()));
        words.addAll(List.of("-re", "-f", "lavfi", "-i"));
        words.add("sine=frequency=" + camera.toneHz() + ":beep_factor=4:sample_rate=48000");
        words.addAll(List.of("-filter_complex", cameraFilters(camera, picture)));
        words.addAll(List.of("-map", "[v]", "-map", "[a]"));
        words.addAll(h264("", 700));
        words.addAll(List.of("-c:a", "aac", "-b:a", "64k", "-ar", "48000", "-ac", "2"));
        words.addAll(List.of("-f", "mpegts", sendTo(port)));
        return new FfmpegCommand(ffmpeg, words, folder, true);
    }

    private String cameraFilters(DemoCamera camera, Picture picture) {
        String name =
                font == null
                        ? "null"
                        : "drawtext=fontfile="
                                + font
                                + ":text='"
                                + camera.name()
                                + "  %{localtime\\:%T}'"
                                + ":x=16:y=h-40:fontsize=22:fontcolor=white"
                                + ":box=1:boxcolor=black@0.5:boxborderw=6";
        return String.join(
                ";",
                "[0:v]format=yuv420p," + name + ",split[live][first]",
                "[first]trim=end_frame=1,loop=loop=-1:size=1:start=0,setpts=N/"
                        + FPS
                        + "/TB[still]",
                "color=c=black:s=640x360:r=" + FPS + ",format=yuv420p[black]",
                "[live][still][black]streamselect=inputs=3:map=" + picture.input() + "[v]",
                "[1:a]volume=0.3[a]");
    }

    /// Decodes what arrives at one port and sends two renditions to another.
    FfmpegCommand transcode(int from, int to, Path folder) {
        List<String> words = new ArrayList<>(input(from));
        words.add("-filter_complex");
        words.add("[0:v]split[high][low0];[low0]scale=320:180:flags=bilinear[low]");
        words.addAll(List.of("-map", "[high]", "-map", "[low]", "-map", "0:a"));
        words.addAll(h264(":0", 600));
        words.addAll(h264(":1", 200));
        words.addAll(List.of("-force_key_frames", "expr:gte(t,n_forced*" + SEGMENT_SECONDS + ")"));
        words.addAll(List.of("-c:a", "copy", "-f", "mpegts", sendTo(to)));
        return new FfmpegCommand(ffmpeg, words, folder, false);
    }

    /// Cuts what arrives at a port into segments, a folder for each rendition.
    FfmpegCommand cut(int from, Path folder, int run) {
        List<String> words = new ArrayList<>(input(from));
        int video = 0;
        for (Rendition rendition : Rendition.ALL) {
            words.addAll(List.of("-map", "0:v:" + video++, "-map", "0:a:0", "-c", "copy"));
            words.addAll(List.of("-f", "hls", "-hls_time", Integer.toString(SEGMENT_SECONDS)));
            words.addAll(List.of("-hls_list_size", "12"));
            words.addAll(List.of("-hls_flags", "independent_segments+temp_file"));
            words.add("-hls_segment_filename");
            words.add(rendition.folder() + "/" + run + "-%08d.ts");
            words.add(rendition.folder() + "/" + PlaylistPublisher.cutList(run));
        }
        return new FfmpegCommand(ffmpeg, words, folder, false);
    }

    /// Two seconds of input are enough to know its streams; a full queue drops packets instead of
    /// ending the process.
    private static List<String> input(int port) {
        return List.of(
                "-fflags",
                "+genpts",
                "-analyzeduration",
                "2000000",
                "-fpsprobesize",
                "0",
                "-i",
                "udp://127.0.0.1:"
                        + port
                        + "?localaddr=127.0.0.1&fifo_size=57344&overrun_nonfatal=1");
    }

    private static String sendTo(int port) {
        return "udp://127.0.0.1:" + port + "?pkt_size=1316";
    }

    private static List<String> h264(String which, int kilobits) {
        String video = ":v" + which;
        String limit = kilobits * 4 / 3 + "k";
        return List.of(
                "-c" + video, "libx264",
                "-preset" + video, "ultrafast",
                "-tune" + video, "zerolatency",
                "-profile" + video, "baseline",
                "-level" + video, "3.0",
                "-pix_fmt" + video, "yuv420p",
                "-threads" + video, "1",
                "-g" + video, GOP,
                "-keyint_min" + video, GOP,
                "-sc_threshold" + video, "0",
                "-b" + video, kilobits + "k",
                "-maxrate" + video, limit,
                "-bufsize" + video, limit);
    }
}
