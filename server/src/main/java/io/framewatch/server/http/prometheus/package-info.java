/// Prometheus's HTTP API, version 1. [io.framewatch.server.http.prometheus.PrometheusApi] holds the
/// paths; [io.framewatch.server.http.prometheus.ApiRequest] reads parameters from address and form
/// alike; [io.framewatch.server.http.prometheus.ResultJson] writes values byte for byte as
/// Prometheus does. Reference: <https://prometheus.io/docs/prometheus/latest/querying/api/>.
@NullMarked
package io.framewatch.server.http.prometheus;

import org.jspecify.annotations.NullMarked;
