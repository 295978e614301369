package io.framewatch.server.http.prometheus;

import io.framewatch.model.Computing;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads of plain samples within the limits of queries: in a turn of the same guard, and over all
/// selectors of a request together no more than a query of the tenant may read. Thread safe.
///
/// @param store what is read
/// @param limits of a query of each tenant
/// @param guard of all queries
public record GuardedReads(
        MetricSelect store, Function<Tenant, QueryLimits> limits, QueryGuard guard) {

    /// Begins a request. Throws `query_busy`.
    Reading begin(Tenant tenant, long samplesMax) {
        QueryLimits own = limits.apply(tenant);
        SelectLimits all =
                new SelectLimits(own.seriesMax(), Math.min(own.samplesMax(), samplesMax));
        return new Reading(tenant, all, guard.enter(tenant));
    }

    /// What one request reads; to be closed when it ends. Used by one thread.
    final class Reading implements AutoCloseable {

        private final Tenant tenant;
        private final SelectLimits all;
        private final QueryGuard.Turn turn;
        private long read;
        private long held;

        private Reading(Tenant tenant, SelectLimits all, QueryGuard.Turn turn) {
            this.tenant = tenant;
            this.all = all;
            this.turn = turn;
        }

        /// Hands the series that `matchers` accept to `sink`, one after the other, in no particular
        /// order. Throws `query_limit` when all reads of this request together find too many
        /// samples.
        void scan(List<Matcher> matchers, TimeRange range, Consumer<SeriesSamples> sink) {
            SelectLimits rest = new SelectLimits(all.seriesMax(), all.samplesMax() - read);
            Consumer<SeriesSamples> counted =
                    series -> {
                        read += series.size();
                        all.checkSamples(read);
                        sink.accept(series);
                    };
            Computing.run(() -> {
                store.scan(tenant, matchers, range, rest, counted);
                return rest;
            });
        }

        /// The same as a list sorted by labels, whose samples are held until the request ends.
        /// Throws `query_memory` too.
        List<SeriesSamples> select(List<Matcher> matchers, TimeRange range) {
            SelectLimits rest = new SelectLimits(all.seriesMax(), all.samplesMax() - read);
            List<SeriesSamples> found =
                    Computing.run(() -> store.select(tenant, matchers, range, rest));
            found.forEach(series -> read += series.size());
            all.checkSamples(read);
            hold(read - held);
            return found;
        }

        /// Counts samples as held in memory until the request ends. Throws `query_memory`.
        void hold(long samples) {
            held += samples;
            turn.reserve(held);
        }

        @Override
        public void close() {
            turn.close();
        }
    }
}
