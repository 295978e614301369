package io.framewatch.ingest.discover.find;

import io.framewatch.model.Labels;
import java.util.List;

/// Addresses that share labels.
///
/// @param addresses `host:port` each
/// @param labels labels of all of them
public record TargetGroup(List<String> addresses, Labels labels) {

    /// Copies the list.
    public TargetGroup {
        addresses = List.copyOf(addresses);
    }
}
