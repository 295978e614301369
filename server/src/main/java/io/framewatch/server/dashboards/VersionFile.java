package io.framewatch.server.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.node.ObjectNode;

/// A dashboard in a file of the data folder, with who saved it when:
/// `{"version","at","by","message","folder","bytes","dashboard"}`, the dashboard last, so that the
/// rest can be read without it.
final class VersionFile {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private VersionFile() {}

    /// A version with its dashboard.
    record Content(BoardVersion version, ObjectNode board) {}

    static byte[] write(BoardVersion version, ObjectNode board) {
        ObjectNode file = BoardJson.object();
        file.put("version", version.version());
        file.put("at", version.atMs());
        file.put("by", version.by());
        file.put("message", version.message());
        file.put("folder", version.folder());
        file.put("bytes", version.bytes());
        file.set("dashboard", board);
        return BoardJson.compact(file);
    }

    static Content read(Path path) throws IOException {
        ObjectNode file = BoardJson.read(Files.readAllBytes(path));
        if (!(file.get("dashboard") instanceof ObjectNode board)) {
            throw new IOException("it holds no dashboard");
        }
        BoardVersion version =
                new BoardVersion(
                        file.path("version").asLong(0),
                        file.path("at").asLong(0),
                        file.path("by").asString(""),
                        file.path("message").asString(""),
                        file.path("folder").asString(""),
                        file.path("bytes").asLong(0));
        return new Content(version, board);
    }

    /// Who saved it when, read up to where the dashboard begins.
    static BoardVersion readHead(Path path) throws IOException {
        long version = 0;
        long at = 0;
        long bytes = 0;
        String by = "";
        String message = "";
        String folder = "";
        try (InputStream in = Files.newInputStream(path);
                JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (name.equals("dashboard")) {
                    break;
                }
                json.nextToken();
                switch (name) {
                    case "version" -> version = json.getLongValue();
                    case "at" -> at = json.getLongValue();
                    case "bytes" -> bytes = json.getLongValue();
                    case "by" -> by = json.getString();
                    case "message" -> message = json.getString();
                    case "folder" -> folder = json.getString();
                    default -> json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("it is no JSON", e);
        }
        return new BoardVersion(version, at, by, message, folder, bytes);
    }
}
