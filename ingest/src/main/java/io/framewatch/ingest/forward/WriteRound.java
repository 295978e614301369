package io.framewatch.ingest.forward;

import io.framewatch.model.Tenant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows of one round, parted into requests of a bounded number of rows: the rows of a series stand
/// in one lane, in their order, so that lanes may be sent at once. Not thread safe.
final class WriteRound {

    /// Series are put into this many heaps by their labels; a lane takes whole heaps.
    private static final int HEAPS = 256;

    private final int rowsPerRequest;
    private final Map<Tenant, Rows> tenants = new LinkedHashMap<>();
    private int size;

    WriteRound(int rowsPerRequest) {
        this.rowsPerRequest = rowsPerRequest;
    }

    int size() {
        return size;
    }

    void add(Tenant tenant, ChunkRows chunk, int row) {
        tenants.computeIfAbsent(tenant, _ -> new Rows()).add(chunk, row);
        size++;
    }

    /// The requests.
    ///
    /// @param load makes a request of a tenant's batch
    List<Deque<Outlet.Load>> lanes(Function<Tenant, Function<WriteBatch, Outlet.Load>> load) {
        List<Deque<Outlet.Load>> lanes = new ArrayList<>();
        tenants.forEach((tenant, rows) -> rows.part(load.apply(tenant), lanes));
        return lanes;
    }

    /// Rows of a tenant.
    private final class Rows {

        private final List<ChunkRows> chunks = new ArrayList<>();
        private final int[] heapSizes = new int[HEAPS];
        private int[] chunkOf = new int[64];
        private int[] rowOf = new int[64];
        private int count;

        void add(ChunkRows chunk, int row) {
            if (chunks.isEmpty() || chunks.getLast() != chunk) {
                chunks.add(chunk);
            }
            if (count == rowOf.length) {
                chunkOf = Arrays.copyOf(chunkOf, 2 * count);
                rowOf = Arrays.copyOf(rowOf, 2 * count);
            }
            chunkOf[count] = chunks.size() - 1;
            rowOf[count++] = row;
            heapSizes[heap(chunk.hash(row))]++;
        }

        private static int heap(int hash) {
            return (hash * 0x9E3779B1) >>> 24;
        }

        void part(Function<WriteBatch, Outlet.Load> load, List<Deque<Outlet.Load>> lanes) {
            int[] laneOf = lanesOfHeaps();
            int laneCount = Arrays.stream(laneOf).max().orElse(0) + 1;
            List<Deque<Outlet.Load>> own = new ArrayList<>();
            @Nullable WriteBatch[] open = new WriteBatch[laneCount];
            for (int lane = 0; lane < laneCount; lane++) {
                own.add(new ArrayDeque<>());
            }
            for (int i = 0; i < count; i++) {
                ChunkRows chunk = chunks.get(chunkOf[i]);
                int lane = laneOf[heap(chunk.hash(rowOf[i]))];
                WriteBatch batch = open[lane] == null ? new WriteBatch() : open[lane];
                open[lane] = batch;
                chunk.addTo(batch, rowOf[i]);
                if (batch.points() == rowsPerRequest) {
                    own.get(lane).add(load.apply(batch));
                    open[lane] = null;
                }
            }
            for (int lane = 0; lane < laneCount; lane++) {
                WriteBatch rest = open[lane];
                if (rest != null) {
                    own.get(lane).add(load.apply(rest));
                }
            }
            lanes.addAll(own);
        }

        /// Neighbouring heaps share a lane as long as they fit into one request together.
        private int[] lanesOfHeaps() {
            int[] laneOf = new int[HEAPS];
            int lane = 0;
            int rows = 0;
            for (int heap = 0; heap < HEAPS; heap++) {
                if (rows > 0 && rows + heapSizes[heap] > rowsPerRequest) {
                    lane++;
                    rows = 0;
                }
                laneOf[heap] = lane;
                rows += heapSizes[heap];
            }
            return laneOf;
        }
    }
}
