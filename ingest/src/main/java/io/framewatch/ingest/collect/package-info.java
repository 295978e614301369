/// Numbers of the host this server runs on, read from `/proc` and `/sys` under the names and with
/// the meanings of node_exporter, so that its dashboards and rules work unchanged. Start at
/// [io.framewatch.ingest.collect.HostCollector]; each file of the kernel, or group of them, is one
/// [io.framewatch.ingest.collect.HostSource].
///
/// The files are described in the kernel's `Documentation/filesystems/proc.rst`,
/// `admin-guide/iostats.rst`, `accounting/psi.rst` and `admin-guide/cgroup-v2.rst`.
@NullMarked
package io.framewatch.ingest.collect;

import org.jspecify.annotations.NullMarked;
