/// Who is told about which alert, and how alerts are gathered: the routing tree in Alertmanager's
/// terms. Knows no integration. Start at [io.framewatch.respond.route.Route].
@NullMarked
package io.framewatch.respond.route;

import org.jspecify.annotations.NullMarked;
