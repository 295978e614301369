package io.framewatch.video.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InventoryFileTest {

    private static final String GOOD =
            """
            title: Stadium
            sites:
              - id: north
                name: North stand
                devices:
                  - {id: edge-1, name: Edge computer}
                cameras:
                  - id: cam-1
                    name: Gate north
                    device: edge-1
                    url: http://user:secret@host:8080/live/cam-1/index.m3u8?token=secret
                    fps: 25
                    bitrate: 1.5M
                    resolution: 1280x720
                    codec: h264
                    priority: 1
                    freeze_seconds: 10
                    schedule: Mon-Fri 08:00-20:00 Europe/Moscow
                  - id: cam-2
                    streams:
                      - {id: cam-2-main, url: "rtsp://host/main"}
                      - {id: cam-2-sub, urls: ["rtmp://host/sub", "rtmp://spare/sub"], bitrate: 512k}
            pipelines:
              - id: live
                streams: [cam-1]
                stages:
                  - {id: ingest}
                  - {id: enc, kind: transcode, name: Encoder}
                  - {id: package}
            """;

    @Test
    void everything_is_read() {
        Inventory inventory = InventoryFile.parse("inventory.yml", GOOD);

        Inventory.Place place = Objects.requireNonNull(inventory.place("cam-1"));
        VideoStream stream = place.stream();
        assertThat(inventory.title()).isEqualTo("Stadium");
        assertThat(place.site().name()).isEqualTo("North stand");
        assertThat(place.camera().device()).isEqualTo("edge-1");
        assertThat(stream.name()).isEqualTo("Gate north");
        assertThat(stream.fps()).isEqualTo(25);
        assertThat(stream.bitrateBps()).isEqualTo(1_500_000);
        assertThat(stream.width()).isEqualTo(1280);
        assertThat(stream.freezeSeconds()).isEqualTo(10);
        assertThat(stream.schedule().isOn(Instant.parse("2026-11-20T05:00:00Z"))).isTrue();
        assertThat(stream.schedule().isOn(Instant.parse("2026-11-20T04:59:59Z"))).isFalse();
        assertThat(stream.schedule().isOn(Instant.parse("2026-11-21T09:00:00Z"))).isFalse();
        assertThat(inventory.places()).hasSize(3);
        assertThat(inventory.stagesOf("cam-1"))
                .extracting(s -> s.runId("cam-1"))
                .containsExactly("ingest/cam-1", "enc/cam-1", "package/cam-1");
        assertThat(inventory.stagesOf("cam-2-sub")).isEmpty();
        assertThat(inventory.place("cam-9")).isNull();
    }

    @Test
    void an_address_is_shown_without_its_secrets() {
        Inventory inventory = InventoryFile.parse("inventory.yml", GOOD);
        VideoStream stream = Objects.requireNonNull(inventory.place("cam-1")).stream();
        assertThat(stream.shownUrl()).isEqualTo("http://host:8080/live/cam-1/index.m3u8");
    }

    @Test
    void every_problem_is_told_at_once_with_its_place_and_the_nearest_key() {
        String bad =
                """
                sites:
                  - id: north
                    cameraz: []
                    cameras:
                      - id: cam-1
                        url: ftp://host/x
                        fps: fast
                        resolution: big
                        schedule: sometimes
                        bitrate: much
                      - id: cam-1
                        url: http://host/y
                        device: edge-9
                        priority: 12
                      - {id: "a b", url: "http://host/z", fps: NaN}
                pipelines:
                  - {id: live, streams: [cam-7], stages: [{id: x, kind: magic}]}
                """;
        assertThatThrownBy(() -> InventoryFile.parse("inventory.yml", bad))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining(
                        "inventory.yml:3:5: unknown key `cameraz`; did you mean `cameras`?")
                .hasMessageContaining("inventory.yml:6:9: expected an address")
                .hasMessageContaining("inventory.yml:7:14: expected a number")
                .hasMessageContaining("inventory.yml:8:9: expected width x height")
                .hasMessageContaining("inventory.yml:9:9: expected `always`")
                .hasMessageContaining("inventory.yml:10:9: expected bits per second")
                .hasMessageContaining("inventory.yml:11:9: the camera id `cam-1` stands here twice")
                .hasMessageContaining("no device `edge-9` at this site")
                .hasMessageContaining("`priority` must be 1 to 9")
                .hasMessageContaining("an id is 1 to 100 of the characters")
                .hasMessageContaining("`fps` must be 0 to 1000")
                .hasMessageContaining("no stream `cam-7`")
                .hasMessageContaining("`kind` must be one of");
    }

    @Test
    void nothing_at_all_is_a_problem() {
        assertThatThrownBy(() -> InventoryFile.parse("inventory.yml", ""))
                .hasMessageContaining("no stream is listed");
        assertThatThrownBy(() -> InventoryFile.parse("inventory.yml", "sites: [}"))
                .hasMessageContaining("not valid YAML");
    }

    @Test
    void addresses_alone_make_an_inventory() {
        Inventory inventory =
                UrlInventory.of(
                        List.of(
                                "http://a.example/live/gate-1/index.m3u8",
                                "http://a.example/other/gate-1/playlist.m3u8",
                                "rtsp://user:secret@b.example/",
                                "http://a.example/live/gate-1/index.m3u8"));
        assertThat(inventory.places())
                .extracting(p -> p.stream().id())
                .containsExactly("gate-1", "gate-1-2", "stream");
        assertThat(inventory.sites())
                .extracting(Site::id)
                .containsExactly("a.example", "b.example");
        assertThatThrownBy(() -> UrlInventory.of(List.of("file:///etc/passwd")))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("cannot be watched");
    }

    @Test
    void schedules_over_midnight_belong_to_the_day_they_start_on() {
        Schedule night = Schedule.parse("Fri 22:00-02:00").orElseThrow();
        assertThat(night.isOn(Instant.parse("2026-11-20T21:59:59Z"))).isFalse();
        assertThat(night.isOn(Instant.parse("2026-11-20T22:00:00Z"))).isTrue();
        assertThat(night.isOn(Instant.parse("2026-11-21T01:59:59Z"))).isTrue();
        assertThat(night.isOn(Instant.parse("2026-11-21T02:00:00Z"))).isFalse();
        assertThat(night.isOn(Instant.parse("2026-11-20T01:00:00Z"))).isFalse();
        assertThat(Schedule.parse("Foo 1-2")).isEmpty();
    }
}
