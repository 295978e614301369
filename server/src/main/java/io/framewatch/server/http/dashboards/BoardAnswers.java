package io.framewatch.server.http.dashboards;

import io.framewatch.server.dashboards.BoardInfo;
import io.framewatch.server.dashboards.BoardJson;
import io.framewatch.server.dashboards.BoardVersion;
import io.framewatch.server.dashboards.TenantBoards;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What answers about dashboards carry.
final class BoardAnswers {

    private BoardAnswers() {}

    static ObjectNode meta(BoardInfo info, Caller caller, TenantBoards boards) {
        boolean canSave = caller.role().edits() && boards.canSave(info);
        boolean ours = info.source() == BoardInfo.Source.STORE;
        ObjectNode meta = BoardJson.object();
        meta.put("uid", info.uid()).put("title", info.title());
        meta.put("description", info.description()).put("folder", info.folder());
        ArrayNode tags = meta.putArray("tags");
        info.tags().forEach(tags::add);
        meta.put("version", info.version()).put("etag", info.etag());
        meta.put("source", info.source().name().toLowerCase(Locale.ROOT));
        meta.put("file", info.file());
        meta.put("canSave", canSave).put("canDelete", ours && caller.role().administers());
        meta.put("updatedAt", time(info.updatedAtMs())).put("updatedBy", info.updatedBy());
        meta.put("bytes", info.bytes());
        return meta;
    }

    static ObjectNode version(BoardVersion version) {
        ObjectNode out = BoardJson.object();
        out.put("version", version.version()).put("at", time(version.atMs()));
        out.put("by", version.by()).put("message", version.message());
        out.put("bytes", version.bytes());
        return out;
    }

    private static @Nullable String time(long unixMs) {
        return unixMs == 0 ? null : Instant.ofEpochMilli(unixMs).toString();
    }

    static String etag(BoardInfo info) {
        return '"' + info.etag() + '"';
    }

    /// Answers a save: 201 if it is new.
    static void saved(
            ServerRequest req, ServerResponse res, BoardInfo info, boolean isNew, ObjectNode body) {
        res.status(isNew ? 201 : 200);
        res.header(HeaderNames.ETAG, etag(info));
        send(req, res, body);
    }

    static void send(ServerRequest req, ServerResponse res, ObjectNode body) {
        res.header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        Answers.json(req, res, BoardJson.compact(body));
    }
}
