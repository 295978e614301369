package io.framewatch.store.index;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Gives series their 64-bit ids. The highest [#METRIC_BITS] bits come from HMAC-SHA-256 over
/// tenant and metric name, the others from one over salt, tenant and sorted labels: series of one
/// metric lie beside each other in tables sorted by id, and nobody who does not know the key can
/// make two series collide on purpose (`docs/decisions/0060-ids-begin-with-the-metric.md`). Not
/// thread safe.
public final class SeriesIds {

    /// Length of a key, bytes.
    public static final int KEY_BYTES = 32;

    /// Bits of an id that tell the metric.
    public static final int METRIC_BITS = 14;

    private static final int OTHER_BITS = Long.SIZE - METRIC_BITS;

    /// Ids from `from` to `to`, both included, compared as unsigned numbers.
    public record IdRange(long from, long to) {}

    private final Mac mac;

    /// Ids under `key`, [#KEY_BYTES] long; the same key gives the same ids for ever.
    public SeriesIds(byte[] key) {
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// The id of a series; `salt` is 0 unless an earlier salt gave an id that another series has.
    public long id(Tenant tenant, Labels labels, int salt) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(salt).flip());
        update(tenant.id());
        labels.forEach((name, value) -> {
            update(name);
            update(value);
        });
        long hash = ByteBuffer.wrap(mac.doFinal()).getLong();
        return ofMetric(tenant, labels.metricName()).from() | hash >>> METRIC_BITS;
    }

    /// The ids that series of a metric can have; other metrics may share them.
    public IdRange ofMetric(Tenant tenant, String metric) {
        update("metric");
        update(tenant.id());
        update(metric);
        long prefix = ByteBuffer.wrap(mac.doFinal()).getLong() >>> OTHER_BITS << OTHER_BITS;
        return new IdRange(prefix, prefix | (1L << OTHER_BITS) - 1);
    }

    private void update(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }
}
