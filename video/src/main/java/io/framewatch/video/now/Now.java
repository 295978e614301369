package io.framewatch.video.now;

import io.framewatch.video.cause.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the page "Now" shows, in the shape of its JSON.
///
/// @param at when it was put together
/// @param title what heads the page
/// @param mode `demo`, `watch` or `serve`
/// @param finding the page's first sentence
/// @param counts pictures by how they are
/// @param dataAgeSeconds age of the oldest data that the finding stands on; null if there is none
/// @param sites sites, worst first
/// @param streams streams, worst first
/// @param alerts alerts that are pending, firing or lately resolved
/// @param stages runs of pipeline stages
/// @param changes what changed lately, newest first
/// @param demo the demo's faults and rounds; null outside of the demo
public record Now(
        Instant at,
        String title,
        String mode,
        Finding finding,
        Counts counts,
        @Nullable Double dataAgeSeconds,
        List<SiteView> sites,
        List<StreamView> streams,
        List<AlertView> alerts,
        List<StageView> stages,
        List<Change> changes,
        @Nullable Demo demo) {

    /// The first sentence, in parts that carry their state.
    ///
    /// @param worst group of the worst picture
    /// @param parts the sentence
    /// @param support a second line
    /// @param code what it says without its language: `empty`, `connecting`, `blind`, `service`,
    ///   `fine`, `trouble`; which pictures, the rest of the answer tells
    public record Finding(String worst, List<Part> parts, String support, String code) {}

    /// A part of the first sentence.
    ///
    /// @param text its words
    /// @param state group it is coloured by, null for plain text
    public record Part(String text, @Nullable String state) {}

    /// Pictures by how they are; `total` is the sum of the others.
    public record Counts(
            int total, int broken, int unknown, int degraded, int maintenance, int fine) {}

    /// A site.
    ///
    /// @param line what is to be said of it in a few words, such as `1 frozen`
    /// @param worst group of its worst picture
    public record SiteView(
            String id,
            String name,
            List<String> streams,
            String line,
            String worst,
            @Nullable Double dataAgeSeconds) {}

    /// A stream.
    ///
    /// @param causeMessage the cause without its language
    /// @param reason why it is in its state, such as `ARRIVES_SLOWLY`, as far as it tells itself
    /// @param turn who has to act: `automation`, `operator`, `nobody` or a team
    /// @param chain from the root of the trouble to the stream; empty while nothing is wrong
    /// @param playlist address of its live picture on this server, null if there is none
    public record StreamView(
            String id,
            String name,
            String site,
            String camera,
            String state,
            String group,
            String reason,
            Instant since,
            @Nullable String cause,
            @Nullable Message causeMessage,
            String turn,
            @Nullable Instant lastSeen,
            List<ChainNode> chain,
            @Nullable Thumbnail thumbnail,
            @Nullable String playlist,
            Measures measures,
            List<Stretch> history,
            List<SegmentView> segments) {}

    /// One step of a cause chain.
    public record ChainNode(
            String kind,
            String id,
            String name,
            @Nullable String state,
            String text,
            Message message,
            boolean root) {}

    /// The newest picture of a stream.
    public record Thumbnail(String url, Instant takenAt, double ageSeconds) {}

    /// What is measured of a stream; null means unknown.
    public record Measures(
            @Nullable Double fps,
            @Nullable Double expectedFps,
            @Nullable Double bitrateBps,
            @Nullable Double segmentAgeSeconds,
            @Nullable Double liveEdgeLagSeconds,
            @Nullable Double speed,
            @Nullable Double freshnessSeconds) {}

    /// A segment as the probe saw it, oldest first in its list.
    ///
    /// @param name the last part of its address
    /// @param capturedAt wall time of its first picture; null if its playlist does not say
    /// @param seenAt when the probe had looked at it
    /// @param verdict `fine`, `unseen`, `late`, `frozen`, `black`, `unreadable`, `missing`,
    ///   `failed`
    /// @param detail the words of a failure
    /// @param lagSeconds age of its end when it had been looked at
    /// @param traceId the trace that it is found in; null if in none
    public record SegmentView(
            String name,
            @Nullable Instant capturedAt,
            double durationSeconds,
            Instant seenAt,
            String verdict,
            @Nullable String detail,
            @Nullable Double lagSeconds,
            @Nullable String traceId) {}

    /// A stretch of one state.
    public record Stretch(String state, String group, Instant from, Instant to) {}

    /// An alert.
    ///
    /// @param causeMessage the cause without its language; null if only its rule tells it
    /// @param pictures how many pictures it concerns
    public record AlertView(
            String id,
            String name,
            String state,
            Instant since,
            @Nullable Instant firedAt,
            @Nullable Instant resolvedAt,
            @Nullable String severity,
            String summary,
            @Nullable String cause,
            @Nullable Message causeMessage,
            @Nullable String stream,
            @Nullable String site,
            Map<String, String> labels,
            Map<String, String> annotations,
            String turn,
            int pictures) {}

    /// A run of a pipeline stage.
    public record StageView(
            String id,
            String pipeline,
            String kind,
            String stream,
            String state,
            Instant since,
            @Nullable Double speed,
            @Nullable Double fps,
            int restarts,
            @Nullable Long pid,
            @Nullable String lastLog) {}

    /// Something that changed.
    ///
    /// @param kind `fault`, `restart`, `state`, `deploy` or `config`
    /// @param message what it says without its language; null if only in words
    public record Change(
            Instant at, String kind, String title, String detail, @Nullable Message message) {}

    /// The demo.
    public record Demo(List<DemoFault> faults, DemoRound round) {}

    /// A fault that the demo can inject.
    public record DemoFault(String id, String name, boolean running, @Nullable String target) {}

    /// A round of all faults.
    public record DemoRound(int number, List<DemoRow> rows) {}

    /// What became of one fault.
    ///
    /// @param status `waiting`, `injected`, `seen`, `alerted`, `recovered` or `missed`
    public record DemoRow(
            String fault,
            String target,
            @Nullable Double seenAfterSeconds,
            @Nullable Double alertAfterSeconds,
            @Nullable Double recoveredAfterSeconds,
            String status) {}
}
