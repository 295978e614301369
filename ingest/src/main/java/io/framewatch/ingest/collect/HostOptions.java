package io.framewatch.ingest.collect;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import java.nio.file.Path;

/// How the host is watched.
///
/// @param tenant whose samples these are
/// @param labels labels of every sample, such as `job` and `instance`
/// @param proc where the process file system is mounted
/// @param sys where the system file system is mounted
/// @param rootfs folder under which the host's file systems are seen, `/` unless in a container
/// @param intervalMs time between readings, milliseconds
public record HostOptions(
        Tenant tenant, Labels labels, Path proc, Path sys, Path rootfs, long intervalMs) {

    /// This host, with `job="node"` and the given `instance`.
    public static HostOptions of(String instance, long intervalMs) {
        return new HostOptions(
                Tenant.DEFAULT,
                Labels.of("job", "node", "instance", instance),
                Path.of("/proc"),
                Path.of("/sys"),
                Path.of("/"),
                intervalMs);
    }
}
