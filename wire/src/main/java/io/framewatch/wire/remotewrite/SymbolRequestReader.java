package io.framewatch.wire.remotewrite;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.wire.proto.ProtoCursor;
import io.framewatch.wire.proto.ProtoException;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads `io.prometheus.write.v2.Request` messages into batches: texts stand once in a table of
/// symbols and are referred to by number, which differs from request to request. Series seen before
/// are found by the texts' bytes. Not thread safe; belongs to one tenant.
public final class SymbolRequestReader implements RequestReader {

    private static final int SYMBOLS = 4;
    private static final int TIME_SERIES = 5;

    private final WriteLimits limits;
    private final SeriesByBytes known;
    private final ProtoCursor cursor = new ProtoCursor();
    private byte[] data = new byte[0];
    private int[] symbolFrom = new int[64];
    private int[] symbolTo = new int[64];
    private int symbols;
    private int[] refs = new int[32];
    private int refCount;
    private byte[] key = new byte[256];
    private int keyLength;
    private final PointReader points;

    /// A reader that refuses requests beyond `limits` and looks series up in `known`, which may be
    /// shared with readers of the same tenant and version.
    public SymbolRequestReader(WriteLimits limits, SeriesByBytes known) {
        this.limits = limits;
        this.known = known;
        this.points = new PointReader(cursor, limits, true);
    }

    @Override
    public Written read(byte[] request, int length, SampleBatch batch, MetricSink sink) {
        data = request;
        points.begin();
        try {
            readSymbols(length);
            cursor.reset(request, 0, length);
            while (cursor.next()) {
                if (cursor.field() == TIME_SERIES) {
                    timeSeries(batch, sink);
                } else {
                    cursor.skip();
                }
            }
        } catch (ProtoException e) {
            throw new WriteRequestException("not a write request: " + e.getMessage());
        }
        return points.written();
    }

    private void readSymbols(int length) {
        symbols = 0;
        cursor.reset(data, 0, length);
        while (cursor.next()) {
            if (cursor.field() != SYMBOLS) {
                cursor.skip();
                continue;
            }
            if (symbols == symbolFrom.length) {
                symbolFrom = Arrays.copyOf(symbolFrom, symbols * 2);
                symbolTo = Arrays.copyOf(symbolTo, symbols * 2);
            }
            int size = cursor.length();
            symbolFrom[symbols] = cursor.position();
            symbolTo[symbols++] = cursor.position() + size;
            cursor.seek(cursor.position() + size);
        }
        if (symbols > 0 && symbolTo[0] != symbolFrom[0]) {
            throw new WriteRequestException("the first symbol is not the empty text");
        }
    }

    private String symbol(int ref, int lengthMax, String what) {
        if (ref < 0 || ref >= symbols) {
            throw new WriteRequestException("a reference to symbol " + ref + " of " + symbols);
        }
        int from = symbolFrom[ref];
        if (symbolTo[ref] - from > lengthMax) {
            throw new WriteRequestException(
                    "a label " + what + " is longer than " + lengthMax + " bytes");
        }
        return ProtoCursor.utf8(data, from, symbolTo[ref]);
    }

    private void timeSeries(SampleBatch batch, MetricSink sink) {
        int outer = cursor.enter();
        int from = cursor.position();
        int to = cursor.limit();
        refCount = 0;
        while (cursor.next()) {
            if (cursor.field() == 1) {
                readRefs();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        int after = cursor.position();
        int limit = cursor.limit();
        makeKey();
        Series series = known.find(key, 0, keyLength);
        if (series == null) {
            series = sink.series(labels());
            if (series != null) {
                known.put(key, 0, keyLength, series);
            }
        }
        cursor.reset(data, from, to);
        points(series, batch, sink);
        cursor.reset(data, after, limit);
    }

    private void points(@Nullable Series series, SampleBatch batch, MetricSink sink) {
        while (series != null && cursor.next()) {
            switch (cursor.field()) {
                case 2 -> points.sample(series, batch);
                case 3 -> points.histogram(series, batch);
                case 4 -> exemplar(series, sink);
                case 5 -> metadata(series, sink);
                default -> cursor.skip();
            }
        }
    }

    private void readRefs() {
        if (cursor.wireType() != ProtoCursor.BYTES) {
            addRef(cursor.integer());
            return;
        }
        int outer = cursor.enter();
        while (cursor.position() < cursor.limit()) {
            addRef(cursor.varint());
        }
        cursor.leave(outer);
    }

    private void addRef(long ref) {
        if (refCount >= 2 * limits.labelsMax()) {
            throw new WriteRequestException(
                    "a series has more than " + limits.labelsMax() + " labels");
        }
        if (refCount == refs.length) {
            refs = Arrays.copyOf(refs, refCount * 2);
        }
        if (ref < 0 || ref >= symbols) {
            throw new WriteRequestException("a reference to symbol " + ref + " of " + symbols);
        }
        refs[refCount++] = (int) ref;
    }

    /// The bytes of all names and values, each after its length.
    private void makeKey() {
        keyLength = 0;
        for (int i = 0; i < refCount; i++) {
            int from = symbolFrom[refs[i]];
            int size = symbolTo[refs[i]] - from;
            if (keyLength + size + 4 > key.length) {
                key = Arrays.copyOf(key, (keyLength + size + 4) * 2);
            }
            key[keyLength++] = (byte) (size >>> 24);
            key[keyLength++] = (byte) (size >>> 16);
            key[keyLength++] = (byte) (size >>> 8);
            key[keyLength++] = (byte) size;
            System.arraycopy(data, from, key, keyLength, size);
            keyLength += size;
        }
    }

    private Labels labels() {
        if (refCount % 2 != 0) {
            throw new WriteRequestException("a series has a label name without a value");
        }
        Labels.Builder labels = new Labels.Builder();
        for (int i = 0; i < refCount; i += 2) {
            String name = symbol(refs[i], limits.labelNameLengthMax(), "name");
            if (name.isEmpty()) {
                throw new WriteRequestException("a label has no name");
            }
            if (labels.find(name) != null) {
                throw new WriteRequestException("the label " + name + " is given twice");
            }
            labels.set(name, symbol(refs[i + 1], limits.labelValueLengthMax(), "value"));
        }
        Labels built = labels.build();
        if (!built.has(Labels.NAME)) {
            throw new WriteRequestException("a series has no metric name");
        }
        return built;
    }

    private void exemplar(Series series, MetricSink sink) {
        double value = 0;
        long timestampMs = 0;
        refCount = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> readRefs();
                case 2 -> value = cursor.real();
                case 3 -> timestampMs = cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        Labels.Builder labels = new Labels.Builder();
        for (int i = 0; i + 1 < refCount; i += 2) {
            labels.set(
                    symbol(refs[i], limits.labelNameLengthMax(), "name"),
                    symbol(refs[i + 1], limits.labelValueLengthMax(), "value"));
        }
        sink.exemplar(series, new Exemplar(labels.build(), value, timestampMs));
        points.exemplar();
    }

    private void metadata(Series series, MetricSink sink) {
        int type = 0;
        int help = 0;
        int unit = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> type = (int) cursor.integer();
                case 3 -> help = (int) cursor.integer();
                case 4 -> unit = (int) cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        if (type == 0 && help == 0) {
            return;
        }
        MetricMetadata.Type kind = WriteRequestReader.type(type);
        sink.metadata(
                new MetricMetadata(
                        family(series.labels().metricName(), kind),
                        kind,
                        symbol(help, limits.labelValueLengthMax(), "help"),
                        symbol(unit, limits.labelValueLengthMax(), "unit")));
    }

    /// The family of a series: histograms and summaries have several.
    private static String family(String name, MetricMetadata.Type type) {
        boolean several =
                switch (type) {
                    case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> true;
                    case COUNTER, GAUGE, INFO, STATE_SET, UNKNOWN -> false;
                };
        for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
            if (several && name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
