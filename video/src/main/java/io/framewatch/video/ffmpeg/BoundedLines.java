package io.framewatch.video.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Reads lines of bounded length from a child's pipe until it ends. What is longer is cut; carriage
/// returns end a line too.
final class BoundedLines {

    private static final int LINE_BYTES_MAX = 4_096;

    private BoundedLines() {}

    /// Passes each line that is not blank to `line` and returns when the stream ends or breaks.
    static void read(InputStream in, Consumer<String> line) {
        byte[] bytes = new byte[LINE_BYTES_MAX];
        byte[] chunk = new byte[8_192];
        int length = 0;
        try (in) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    byte b = chunk[i];
                    if (b == '\n' || b == '\r') {
                        pass(bytes, length, line);
                        length = 0;
                    } else if (length < LINE_BYTES_MAX) {
                        bytes[length++] = b;
                    }
                }
            }
        } catch (IOException e) {
            // the process has ended and its pipe with it: what came before is still passed on
        }
        pass(bytes, length, line);
    }

    private static void pass(byte[] bytes, int length, Consumer<String> line) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
            line.accept(text);
        }
    }
}
