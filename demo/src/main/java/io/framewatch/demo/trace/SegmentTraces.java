package io.framewatch.demo.trace;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Span;
import io.framewatch.video.segment.Deliveries;
import io.framewatch.video.segment.SegmentLine;
import io.framewatch.video.segment.SegmentSignals;
import io.framewatch.video.segment.SpanBuilder;
import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.segment.TraceIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one trace of each segment of one camera: capture, ingest, then for each rendition
/// transcode, package, publish, and each delivery. A span begins and ends when something was
/// measured to; its attribute `framewatch.times_from` says what. Thread safe.
public final class SegmentTraces {

    /// Most deliveries told of one file; further ones are counted in the metrics only.
    static final int DELIVERIES_MAX = 20;

    /// Files whose trace is known: more than players still fetch.
    private static final int FILES_MAX = 64;

    private static final int PLANS_MAX = 32;

    private final Labels labels;
    private final List<String> renditions;
    private final PictureWay way;
    private final SegmentSignals signals;
    private final TraceIds ids;
    private final Map<Position, Plan> plans = bounded(PLANS_MAX);
    private final Map<String, Fetchable> files = bounded(FILES_MAX);
    private int run;
    private @Nullable Position newest;
    private long newestWrittenMs;

    private record Position(int run, long index) {}

    private static final class Fetchable {
        private final TraceContext published;
        private final String rendition;
        private int deliveries;

        Fetchable(TraceContext published, String rendition) {
            this.published = published;
            this.rendition = rendition;
        }
    }

    /// The ids of a segment's spans, made before any of them is told, so that lines logged while it
    /// is under way find their trace.
    private static final class Plan {
        private final String traceId;
        private final String captureId;
        private final String ingestId;
        private boolean begun;
        private boolean ingested;

        Plan(TraceIds ids) {
            traceId = ids.trace();
            captureId = ids.span();
            ingestId = ids.span();
        }

        TraceContext span(String id) {
            return new TraceContext(traceId, id);
        }
    }

    /// @param labels the camera's: `pipeline`, `stream_id`, `camera_id`, `site`
    /// @param renditions what they are called, the largest first
    /// @param ingest what goes into the transcoder
    /// @param contribution what comes out of it, a rendition each
    public SegmentTraces(
            Labels labels,
            List<String> renditions,
            PictureMarks ingest,
            List<PictureMarks> contribution,
            SegmentSignals signals,
            TraceIds ids) {
        this.labels = labels;
        this.renditions = List.copyOf(renditions);
        this.way = new PictureWay(ingest, contribution.toArray(PictureMarks[]::new));
        this.signals = signals;
        this.ids = ids;
    }

    private static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    /// The packager begins a run; nothing of it is under way until its first segment is published.
    public synchronized void packagerStarts(int begun) {
        run = begun;
        newest = null;
    }

    /// The packager's process is gone, and with it the segment it was writing.
    public synchronized void packagerEnded(long atMs, String how) {
        Plan lost = planUnderWay();
        newest = null;
        if (lost == null) {
            return;
        }
        TraceContext self = lost.span(ids.span());
        signals.span(
                span(self, "packager", "package")
                        .between(
                                newestWrittenMs * LogEntry.NS_PER_MS,
                                atMs * LogEntry.NS_PER_MS,
                                "file before it written, packager's process seen to have ended")
                        .failed("the packager ended before the segment was whole: " + how)
                        .build());
        signals.line(
                line("packager", "package", "error", "segment lost")
                        .with("reason", how)
                        .of(self)
                        .at(atMs));
    }

    /// The trace of the segment that the packager is writing now; null if that is not known.
    public synchronized @Nullable String underWay() {
        Plan plan = planUnderWay();
        return plan == null ? null : plan.traceId;
    }

    private @Nullable Plan planUnderWay() {
        Position last = newest;
        return last == null ? null : plan(new Position(last.run, last.index + 1));
    }

    private Plan plan(Position position) {
        return plans.computeIfAbsent(position, _ -> new Plan(ids));
    }

    /// Tells of a segment that players can fetch from now on.
    public synchronized void published(PublishedSegment segment) {
        Position position = new Position(segment.run(), segment.index());
        Plan plan = plan(position);
        PictureWay.@Nullable Found found = way.find(segment);
        String parent = begin(plan, segment, found);
        if (found != null) {
            parent = transcode(plan, segment, found, parent);
        }
        TraceContext packaged = pack(plan, segment, found, parent);
        TraceContext published = publish(plan, segment, packaged);
        files.put(segment.file(), new Fetchable(published, renditions.get(segment.rendition())));
        if (segment.run() == run && (newest == null || newest.index < segment.index())) {
            newest = position;
            newestWrittenMs = segment.writtenMs();
        }
    }

    /// Capture and ingest, once for all renditions; answers the span that comes next before the
    /// transcoder's.
    private String begin(Plan plan, PublishedSegment segment, PictureWay.@Nullable Found found) {
        if (!plan.begun) {
            plan.begun = true;
            capture(plan, segment, found);
        }
        if (found == null) {
            return plan.captureId;
        }
        if (!plan.ingested) {
            plan.ingested = true;
            signals.span(
                    span(plan.span(plan.ingestId), "ingest", "ingest")
                            .under(plan.captureId)
                            .kind(Span.Kind.CONSUMER)
                            .between(
                                    found.in().firstMs() * LogEntry.NS_PER_MS,
                                    found.in().lastMs() * LogEntry.NS_PER_MS,
                                    "relay: first and last picture received from the camera")
                            .with("pictures", found.in().pictures())
                            .build());
        }
        return plan.ingestId;
    }

    private void capture(Plan plan, PublishedSegment segment, PictureWay.@Nullable Found found) {
        SpanBuilder span =
                span(plan.span(plan.captureId), "camera", "capture")
                        .kind(Span.Kind.PRODUCER)
                        .with("segment.duration_s", segment.durationMs() / 1e3);
        if (found == null) {
            span.between(
                    segment.capturedMs() * LogEntry.NS_PER_MS,
                    segment.capturedEndMs() * LogEntry.NS_PER_MS,
                    "PROGRAM-DATE-TIME: media time put on the wall by the segment with the least"
                            + " delay");
        } else {
            span.between(
                    found.capturedMs() * LogEntry.NS_PER_MS,
                    found.capturedEndMs() * LogEntry.NS_PER_MS,
                    "media time put on the wall by the camera's picture with the least delay");
        }
        signals.span(span.build());
    }

    /// From the first picture handed in to the last one that came out; answers its span.
    private String transcode(
            Plan plan, PublishedSegment segment, PictureWay.Found found, String parent) {
        String id = ids.span();
        signals.span(
                span(plan.span(id), "transcoder", "transcode")
                        .under(parent)
                        .between(
                                found.in().firstMs() * LogEntry.NS_PER_MS,
                                found.out().lastMs() * LogEntry.NS_PER_MS,
                                "relays: first picture handed in, last picture come out")
                        .with("rendition", renditions.get(segment.rendition()))
                        .with("pictures", found.out().pictures())
                        .with("first_out_ms", found.out().firstMs() - found.in().firstMs())
                        .build());
        return id;
    }

    private TraceContext pack(
            Plan plan, PublishedSegment segment, PictureWay.@Nullable Found found, String parent) {
        TraceContext self = plan.span(ids.span());
        long endMs = segment.writtenMs();
        signals.span(
                span(self, "packager", "package")
                        .under(parent)
                        .between(
                                (found == null ? endMs : found.out().firstMs())
                                        * LogEntry.NS_PER_MS,
                                endMs * LogEntry.NS_PER_MS,
                                found == null
                                        ? "file written; when it was begun is not known"
                                        : "relay: first picture handed in; file written")
                        .with("rendition", renditions.get(segment.rendition()))
                        .with("segment", segment.file())
                        .with("segment.bytes", segment.bytes())
                        .build());
        return self;
    }

    private TraceContext publish(Plan plan, PublishedSegment segment, TraceContext parent) {
        TraceContext self = plan.span(ids.span());
        String rendition = renditions.get(segment.rendition());
        signals.span(
                span(self, "packager", "publish")
                        .under(parent.spanId())
                        .kind(Span.Kind.PRODUCER)
                        .between(
                                segment.writtenMs() * LogEntry.NS_PER_MS,
                                segment.publishedMs() * LogEntry.NS_PER_MS,
                                "file written, playlist that names it written")
                        .with("rendition", rendition)
                        .with("segment", segment.file())
                        .build());
        signals.line(
                line("packager", "package", "info", "segment published")
                        .with("segment", segment.file())
                        .with("rendition", rendition)
                        .with("duration_s", segment.durationMs() / 1e3)
                        .with("bytes", segment.bytes())
                        .with("age_s", (segment.publishedMs() - segment.capturedEndMs()) / 1e3)
                        .of(self)
                        .at(segment.publishedMs()));
        return self;
    }

    /// The trace of a file below the camera's folder; null if it has none, or has it no more.
    public synchronized @Nullable TraceContext context(String file) {
        Fetchable known = files.get(file);
        return known == null ? null : known.published;
    }

    /// Tells of a delivery of such a file.
    public synchronized void delivered(Deliveries.Delivery delivery) {
        Fetchable known = files.get(delivery.file());
        if (known == null || known.deliveries++ >= DELIVERIES_MAX) {
            return;
        }
        TraceContext self = new TraceContext(known.published.traceId(), ids.span());
        signals.span(
                span(self, "origin", "deliver")
                        .under(known.published.spanId())
                        .kind(Span.Kind.SERVER)
                        .between(
                                delivery.startNs(),
                                delivery.endNs(),
                                "server: request read, answer handed to the connection")
                        .with("rendition", known.rendition)
                        .with("segment", delivery.file())
                        .with("http.response.body.size", delivery.bytes())
                        .with("user_agent.original", delivery.agent())
                        .build());
        signals.line(
                line("origin", "delivery", "info", "segment delivered")
                        .with("segment", delivery.file())
                        .with("rendition", known.rendition)
                        .with("bytes", delivery.bytes())
                        .with("ms", (delivery.endNs() - delivery.startNs()) / 1e6)
                        .with("user_agent", delivery.agent())
                        .of(self)
                        .at(delivery.endNs() / LogEntry.NS_PER_MS));
    }

    private SpanBuilder span(TraceContext self, String service, String name) {
        SpanBuilder span = new SpanBuilder(self, service, name);
        labels.forEach(span::with);
        return span;
    }

    private SegmentLine line(String service, String stage, String level, String message) {
        SegmentLine line = new SegmentLine(service, level, message).label("stage", stage);
        labels.forEach(line::label);
        return line;
    }
}
