package io.framewatch.store.index;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Gives series their 64-bit ids: the first eight bytes of HMAC-SHA-256 over salt, tenant and
/// sorted labels, so that nobody who does not know the key can make two series collide on purpose.
/// Not thread safe.
public final class SeriesIds {

    /// Length of a key, bytes.
    public static final int KEY_BYTES = 32;

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
        return ByteBuffer.wrap(mac.doFinal()).getLong();
    }

    private void update(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }
}
