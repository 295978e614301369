package io.framewatch.respond.journal;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A file of JSON objects, one a line, appended and forced to disk before [#append] returns. A line
/// torn by a crash is left out when the file is opened. Thread safe.
///
/// Every failing disk operation throws [FaultException] with code `respond_journal`.
public final class JsonLines implements AutoCloseable {

    /// Longest file read, bytes.
    public static final long FILE_BYTES_MAX = 256L * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private FileChannel channel;
    private int lines;

    private JsonLines(Path file, FileChannel channel, int lines) {
        this.file = file;
        this.channel = channel;
        this.lines = lines;
    }

    /// Opens or creates `file` and its folder; gives every readable object in it to `objects`.
    public static JsonLines open(Path file, Collection<JsonNode> objects) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            int lines = Files.exists(file) ? load(file, objects) : 0;
            return new JsonLines(file, appendTo(file), lines);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static int load(Path file, Collection<JsonNode> objects) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("the file has more than " + FILE_BYTES_MAX + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            try (FileChannel torn = FileChannel.open(file, StandardOpenOption.WRITE)) {
                torn.truncate(end);
                torn.force(true);
            }
        }
        int lines = 0;
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n")) {
            lines++;
            try {
                JsonNode object = MAPPER.readTree(line);
                if (object.isObject()) {
                    objects.add(object);
                }
            } catch (JacksonException e) {
                lines--; // an unreadable line costs itself only
            }
        }
        return lines;
    }

    private static FileChannel appendTo(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /// Lines in the file, superseded ones included.
    public int lines() {
        return lines;
    }

    /// Appends objects and returns when they are on disk.
    public void append(List<? extends JsonNode> objects) {
        if (objects.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            long before = channel.size();
            try {
                write(channel, objects);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
            lines += objects.size();
        } catch (IOException e) {
            throw failed(file, e);
        } finally {
            lock.unlock();
        }
    }

    /// Replaces the whole file by these objects, in one step that a crash cannot tear.
    public void rewrite(Collection<? extends JsonNode> objects) {
        lock.lock();
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            try (FileChannel out =
                    FileChannel.open(
                            next,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                write(out, new ArrayList<>(objects));
            }
            channel.close();
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
            channel = appendTo(file);
            lines = objects.size();
        } catch (IOException e) {
            throw failed(file, e);
        } finally {
            lock.unlock();
        }
    }

    private static void write(FileChannel out, List<? extends JsonNode> objects)
            throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode object : objects) {
            text.append(object).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        out.force(true);
    }

    private void forceFolder() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channelOfFolder = FileChannel.open(folder, StandardOpenOption.READ)) {
                channelOfFolder.force(true);
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(file, e);
        } finally {
            lock.unlock();
        }
    }

    private static FaultException failed(Path file, IOException e) {
        return new FaultException(
                Fault.operator(
                        "respond_journal",
                        "The file " + file + " cannot be kept: " + e.getMessage() + ".",
                        "Check the data folder's rights and free space."),
                e);
    }
}
