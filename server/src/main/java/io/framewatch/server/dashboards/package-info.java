/// Dashboards as files. [io.framewatch.server.dashboards.Dashboards] is the whole of them for one
/// who asks: the boards of the data folder ([io.framewatch.server.dashboards.BoardStore], with
/// versions), of the operator's folders ([io.framewatch.server.dashboards.BoardFolder]) and of the
/// packs ([io.framewatch.server.dashboards.PackBoards]), first wins.
/// [io.framewatch.server.dashboards.BoardJson] reads what comes in within bounds,
/// [io.framewatch.server.dashboards.JsonDiff] tells two versions apart,
/// [io.framewatch.server.dashboards.Exchange] imports and exports what Grafana exchanges.
@NullMarked
package io.framewatch.server.dashboards;

import org.jspecify.annotations.NullMarked;
