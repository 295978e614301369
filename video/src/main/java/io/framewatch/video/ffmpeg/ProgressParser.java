package io.framewatch.video.ffmpeg;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `-progress` output line by line: `key=value`, a block ending with `progress=continue` or
/// `progress=end`. Not thread safe.
///
/// The fields `fps`, `speed` and `bitrate` are left alone: they are averages over the whole life of
/// the process, so a stage that turned slow a minute ago still looks well in them. [ProgressMeter]
/// takes differences instead. `out_time_ms` counts **micro**seconds in every release that has it,
/// and is used only if `out_time_us` is missing.
public final class ProgressParser {

    /// Most keys kept of one block.
    private static final int KEYS_MAX = 256;

    private final Map<String, String> block = new HashMap<>();

    /// A parser at the start of the output.
    public ProgressParser() {}

    /// Takes one line; answers the block that it ends, else null. Lines that are not `key=value`
    /// are passed over.
    public @Nullable Progress feed(String line) {
        int equals = line.indexOf('=');
        if (equals <= 0) {
            return null;
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (key.equals("progress")) {
            Progress progress = progress(value.equals("end"));
            block.clear();
            return progress;
        }
        if (block.size() < KEYS_MAX) {
            block.put(key, value);
        }
        return null;
    }

    private Progress progress(boolean end) {
        long outTimeUs = number(block.containsKey("out_time_us") ? "out_time_us" : "out_time_ms");
        return new Progress(
                number("frame"),
                outTimeUs,
                number("total_size"),
                number("dup_frames"),
                number("drop_frames"),
                end);
    }

    private long number(String key) {
        String value = block.get(key);
        if (value == null) {
            return Progress.UNKNOWN;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return Progress.UNKNOWN;
        }
    }
}
