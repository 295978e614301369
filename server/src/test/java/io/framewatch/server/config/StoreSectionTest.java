package io.framewatch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.store.SeriesLimits;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StoreSectionTest {

    private static final Path AT = Path.of("/etc/framewatch/framewatch.yml");

    private static StoreSettings parse(String text) {
        return SettingsFile.parse("f.yml", text, AT).store();
    }

    @Test
    void everyKeyIsTaken() {
        Path folder = Path.of("/etc/framewatch");
        assertThat(
                        parse(
                                """
                                store:
                                  folder: data
                                  retention: 1h
                                  seriesPerTenantMax: 15
                                  durable: true
                                  engineMemory: 2GB
                                  walMax: 1GB
                                  flushInterval: 2s
                                  hotMemory: 512MB
                                  hotAge: 6h
                                  warmUp: 1h
                                  retentionHot: 3d
                                  retentionCold: 30d
                                  diskMax: 100GB
                                  diskFreeMin: 5GB
                                  clickhouse:
                                    url: https://clickhouse.example:8443
                                    user: framewatch
                                    passwordFile: password.txt
                                    caFile: ca.pem
                                """))
                .isEqualTo(
                        new StoreSettings(
                                folder.resolve("data"),
                                3_600_000,
                                15,
                                true,
                                2L << 30,
                                new DurableSettings(
                                        1L << 30,
                                        2_000,
                                        512L << 20,
                                        6 * 3_600_000L,
                                        3_600_000,
                                        3,
                                        30,
                                        100L << 30,
                                        5L << 30,
                                        new ClickHouseSettings(
                                                URI.create("https://clickhouse.example:8443"),
                                                "framewatch",
                                                folder.resolve("password.txt"),
                                                folder.resolve("ca.pem"))),
                                SeriesLimits.DEFAULT));
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlace() {
        assertThatThrownBy(() ->
                        parse(
                                """
                                store:
                                  walMax: 1MB
                                  hotMemory: 7KB
                                  retentionHot: 36h
                                  clickhouse:
                                    url: http://me:secret@host
                                    pasword: x
                                """))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("f.yml:2:11: expected 64MB or more")
                .hasMessageContaining("f.yml:3:14: expected 1MB or more")
                .hasMessageContaining("f.yml:4:17: expected whole days")
                .hasMessageContaining("f.yml:6:10: expected http://HOST:PORT")
                .hasMessageContaining("f.yml:7:5: unknown key `pasword`")
                .hasMessageNotContaining("secret");
    }

    @Test
    void noEndIsZeroDays() {
        assertThat(parse("store: {retentionCold: 0d, retentionHot: 0d}").limits().days()).isZero();
    }
}
