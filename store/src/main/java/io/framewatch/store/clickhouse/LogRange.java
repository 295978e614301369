package io.framewatch.store.clickhouse;

import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import java.util.List;

/// Where log lines are looked for.
///
/// @param tenant whose
/// @param matchers all must accept the stream
/// @param fromNs first instant, Unix nanoseconds, inclusive, from [Times#MIN_MS] on
/// @param toNs end, Unix nanoseconds, exclusive, up to [Times#MAX_MS]
/// @param batchMax rows of later inserts are left out
public record LogRange(
        Tenant tenant, List<Matcher> matchers, long fromNs, long toNs, long batchMax) {}
