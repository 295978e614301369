package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.QueueConfig;
import io.framewatch.ingest.config.RemoteConfig;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.spool.Chunk;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Samples as Prometheus remote write 1.0. Belongs to its courier's thread, but for the metadata,
/// which anybody may tell, and for sending.
final class RemoteWriteOutlet implements Outlet {

    private static final int FAMILIES_MAX = 50_000;

    private final RemoteConfig config;
    private final QueueConfig queue;
    private final Tenants tenants;
    private final Poster poster;
    private final Clock clock;
    private final SeriesBytes labels;
    private final Families families;
    private WriteRound round;
    private int tooOld;
    private @Nullable Chunk chunk;
    private @Nullable ChunkRows rows;

    RemoteWriteOutlet(
            RemoteConfig config, Labels external, Tenants tenants, Poster poster, Clock clock) {
        this.config = config;
        this.queue = config.queue();
        this.tenants = tenants;
        this.poster = poster;
        this.clock = clock;
        this.labels = new SeriesBytes(external, config.writeRelabel());
        this.families = new Families(clock, queue.metadataIntervalMs(), FAMILIES_MAX);
        this.round = new WriteRound(queue.rowsPerRequest());
    }

    /// Tells of families of a tenant; sent at the next interval.
    void add(Tenant tenant, Collection<MetricMetadata> metadata) {
        if (tenants.includes(tenant)) {
            families.add(tenant, metadata);
        }
    }

    @Override
    public int add(Chunk added, int from, int requests) {
        ChunkRows own = rows;
        if (own == null || !added.equals(chunk)) {
            own = new ChunkRows(added, labels);
            rows = own;
            chunk = added;
        }
        long oldestMs =
                queue.ageLimitMs() == 0 ? Long.MIN_VALUE : clock.nowMs() - queue.ageLimitMs();
        int row = from;
        int roundMax = roundMax(requests);
        while (row < added.rows() && round.size() < roundMax) {
            if (own.timestampMs(row) < oldestMs) {
                tooOld++;
            } else if (own.isWanted(row, config)) {
                round.add(added.tenant(), own, row);
            }
            row++;
        }
        return row - from;
    }

    /// Lanes are filled unevenly: a quarter is left, so that each is one request.
    private int roundMax(int requests) {
        long rowsMax = (long) queue.rowsPerRequest() * requests;
        return (int) Math.min(requests == 1 ? rowsMax : rowsMax / 4 * 3 + 1, queue.rowsMax());
    }

    @Override
    public boolean isEmpty() {
        return round.size() == 0 && tooOld == 0;
    }

    @Override
    public boolean isEnough() {
        return round.size() >= queue.rowsPerRequest();
    }

    @Override
    public boolean isDue() {
        return families.isDue();
    }

    @Override
    public Round round() {
        WriteRound full = round;
        int old = tooOld;
        round = new WriteRound(queue.rowsPerRequest());
        tooOld = 0;
        List<Deque<Load>> lanes = full.lanes(tenant -> batch -> load(tenant, batch));
        families.due(
                queue.metadataRowsPerRequest(),
                (tenant, batch) -> lanes.add(Lanes.of(load(tenant, batch))));
        return new Round(lanes, old);
    }

    private Load load(Tenant tenant, WriteBatch batch) {
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("Content-Encoding", "snappy");
        headers.put("X-Prometheus-Remote-Write-Version", "0.1.0");
        headers.put("User-Agent", "Framewatch");
        tenants.tell(tenant, headers);
        return new Load(headers, batch.packed(), batch.points());
    }

    @Override
    public Verdict send(Load load) throws InterruptedException {
        Answer answer;
        try {
            answer = poster.post(load);
        } catch (FetchException e) {
            return new Verdict.Again(String.valueOf(e.getMessage()), 0);
        }
        int status = answer.status();
        if (status / 100 == 2) {
            return new Verdict.Taken(0, "");
        }
        String why = Answers.status(answer);
        if (status / 100 == 5 || status == 429 && queue.retryOn429()) {
            return new Verdict.Again(why, RetryAfter.pauseMs(answer.retryAfter(), clock.nowMs()));
        }
        return new Verdict.Refused(why);
    }

    @Override
    public void close() {
        // Connections belong to all.
    }
}
