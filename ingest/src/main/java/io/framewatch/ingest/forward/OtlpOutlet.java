package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Chunk;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.model.Tenant;
import io.framewatch.wire.otlp.send.PointLanes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Export requests of one signal. A chunk is a request of its own; several make one by standing one
/// behind the other, as protobuf merges messages. Lines and spans need no order between requests;
/// points of one metric keep theirs. Belongs to its courier's thread, but for sending.
final class OtlpOutlet implements Outlet {

    /// Most bytes of a request, uncompressed, unless a single chunk has more.
    private static final int BYTES_MAX = 4 << 20;

    private final Kind kind;
    private final Tenants tenants;
    private final OtlpWay way;
    private Map<Tenant, List<Body>> bodies = new LinkedHashMap<>();
    private int lanesMax = 1;
    private long bytes;

    OtlpOutlet(Kind kind, Tenants tenants, OtlpWay way) {
        this.kind = kind;
        this.tenants = tenants;
        this.way = way;
    }

    /// A request under construction.
    private static final class Body {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int rows;
    }

    @Override
    public int add(Chunk chunk, int from, int requests) {
        byte[] unpacked = chunk.unpack();
        if (bytes > 0 && bytes + unpacked.length > (long) BYTES_MAX * requests) {
            return 0;
        }
        lanesMax = Math.max(lanesMax, requests);
        List<Body> own = bodies.computeIfAbsent(chunk.tenant(), _ -> new ArrayList<>());
        if (own.isEmpty() || own.getLast().bytes.size() + unpacked.length > BYTES_MAX) {
            own.add(new Body());
        }
        own.getLast().bytes.writeBytes(unpacked);
        own.getLast().rows += chunk.rows();
        bytes += unpacked.length;
        return chunk.rows() - from;
    }

    @Override
    public boolean isEmpty() {
        return bodies.isEmpty();
    }

    @Override
    public boolean isEnough() {
        return bytes >= BYTES_MAX;
    }

    @Override
    public boolean isDue() {
        return false;
    }

    @Override
    public Round round() {
        List<Deque<Load>> lanes = new ArrayList<>();
        bodies.forEach((tenant, own) -> {
            if (kind == Kind.POINTS) {
                points(tenant, own, lanes);
            } else {
                own.forEach(body -> lanes.add(Lanes.of(load(tenant, body))));
            }
        });
        bodies = new LinkedHashMap<>();
        lanesMax = 1;
        bytes = 0;
        return new Round(lanes, 0);
    }

    /// One request as it is; several are parted anew by metric, each part a lane.
    private void points(Tenant tenant, List<Body> own, List<Deque<Load>> lanes) {
        if (own.size() == 1) {
            lanes.add(Lanes.of(load(tenant, own.getFirst())));
            return;
        }
        Map<Integer, Deque<Load>> byMetric = new LinkedHashMap<>();
        for (Body body : own) {
            PointLanes.part(
                    body.bytes.toByteArray(),
                    lanesMax,
                    (lane, part, rows) ->
                            byMetric.computeIfAbsent(lane, _ -> new ArrayDeque<>())
                                    .add(new Load(headers(tenant), part, rows)));
        }
        lanes.addAll(byMetric.values());
    }

    private Load load(Tenant tenant, Body body) {
        return new Load(headers(tenant), body.bytes.toByteArray(), body.rows);
    }

    private Map<String, String> headers(Tenant tenant) {
        Map<String, String> headers = new HashMap<>();
        tenants.tell(tenant, headers);
        return headers;
    }

    @Override
    public Verdict send(Load load) throws InterruptedException {
        return way.send(kind, load);
    }

    @Override
    public void close() {
        way.close();
    }
}
