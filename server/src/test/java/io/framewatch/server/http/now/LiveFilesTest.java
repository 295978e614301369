package io.framewatch.server.http.now;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.HttpListener;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.video.segment.Deliveries;
import io.framewatch.video.segment.TraceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveFilesTest {

    @TempDir Path top = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void fill() throws Exception {
        folder = Files.createDirectories(top.resolve("cam-1"));
        Files.writeString(top.resolve("secret.ts"), "secret");
        Files.writeString(folder.resolve("index.m3u8"), "#EXTM3U");
        Files.createDirectories(folder.resolve("720p"));
        Files.writeString(folder.resolve("720p/seg_1.ts"), "segment");
        Files.createSymbolicLink(folder.resolve("link.ts"), top.resolve("secret.ts"));
    }

    @Test
    void readsFilesOfTheFolder() {
        assertThat(LiveFiles.read(folder, "index.m3u8")).asString().isEqualTo("#EXTM3U");
        assertThat(LiveFiles.read(folder, "720p/seg_1.ts")).asString().isEqualTo("segment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.ts",
                "720p/../../secret.ts",
                "link.ts",
                "/etc/passwd",
                "720p",
                ".hidden.ts",
                "a//b.ts",
                "..%2fsecret.ts",
                "missing.ts",
                ""
            })
    void readsNothingElse(String name) {
        assertThat(LiveFiles.read(folder, name)).isNull();
    }

    @Test
    void tellsAPlayerWhichTraceASegmentBelongsToAndNotesTheDelivery() throws Exception {
        TraceContext context =
                new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        BlockingQueue<Deliveries.Delivery> noted = new LinkedBlockingQueue<>();
        LiveFiles files =
                new LiveFiles(
                        stream -> stream.equals("cam-1") ? folder : null,
                        deliveries(Map.of("720p/seg_1.ts", context), noted),
                        new Meters(),
                        Clock.system());
        try (HttpListener listener =
                        HttpListener.start(
                                new ListenSettings("127.0.0.1", 0, true),
                                Settings.DEFAULT.limits(),
                                List.of(),
                                List.of(files));
                HttpClient http = HttpClient.newHttpClient()) {
            URI base = listener.address().resolve("/live/cam-1/");
            HttpResponse<String> segment = get(http, base.resolve("720p/seg_1.ts"));
            HttpResponse<String> playlist = get(http, base.resolve("index.m3u8"));
            assertThat(segment.body()).isEqualTo("segment");
            assertThat(segment.headers().firstValue("Server-Timing"))
                    .hasValue(context.serverTiming());
            assertThat(playlist.headers().firstValue("Server-Timing")).isEmpty();
            Deliveries.Delivery delivery = noted.poll(20, TimeUnit.SECONDS);
            assertThat(delivery).isNotNull();
            assertThat(Objects.requireNonNull(delivery).file()).isEqualTo("720p/seg_1.ts");
            assertThat(delivery.stream()).isEqualTo("cam-1");
            assertThat(delivery.bytes()).isEqualTo(7);
            assertThat(delivery.agent()).hasSize(200);
            assertThat(delivery.endNs()).isGreaterThanOrEqualTo(delivery.startNs());
            assertThat(noted).isEmpty();
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI uri) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("User-Agent", "x".repeat(500)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Deliveries deliveries(
            Map<String, TraceContext> known, BlockingQueue<Deliveries.Delivery> noted) {
        return new Deliveries() {
            @Override
            public @Nullable TraceContext context(String stream, String file) {
                return known.get(file);
            }

            @Override
            public void delivered(Delivery delivery) {
                noted.add(delivery);
            }
        };
    }
}
