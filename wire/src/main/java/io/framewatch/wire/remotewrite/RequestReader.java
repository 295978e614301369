package io.framewatch.wire.remotewrite;

import io.framewatch.model.SampleBatch;
import io.framewatch.wire.push.MetricSink;

/// Reads write requests of one version. Not thread safe; belongs to one tenant.
public sealed interface RequestReader permits WriteRequestReader, SymbolRequestReader {

    /// What a request held, as the answer's headers tell it.
    ///
    /// @param samples float samples
    /// @param histograms native histogram samples
    /// @param exemplars exemplars
    record Written(int samples, int histograms, int exemplars) {}

    /// Adds the samples of a decompressed request to `batch`; late and unordered ones are welcome.
    /// Throws [WriteRequestException] if the request is broken; the batch is then to be cleared.
    Written read(byte[] data, int length, SampleBatch batch, MetricSink sink);
}
