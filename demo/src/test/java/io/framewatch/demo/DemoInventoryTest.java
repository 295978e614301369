package io.framewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.InventoryFile;
import io.framewatch.video.inventory.StageKind;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class DemoInventoryTest {

    @Test
    void isAnInventoryOfThreeCamerasAtTwoSites() {
        Inventory inventory =
                InventoryFile.parse(
                        "demo.yml", DemoPipeline.inventory(URI.create("http://127.0.0.1:9090")));
        assertThat(inventory.sites()).hasSize(2);
        assertThat(inventory.places()).hasSize(3);
        assertThat(inventory.places().getFirst().stream().urls())
                .containsExactly("http://127.0.0.1:9090/live/cam-1/index.m3u8");
        assertThat(inventory.stagesOf("cam-3"))
                .extracting(stage -> stage.runId("cam-3"))
                .containsExactly("camera/cam-3", "transcode/cam-3", "package/cam-3");
        assertThat(inventory.stagesOf("cam-1").get(1).kind()).isEqualTo(StageKind.TRANSCODE);
    }
}
