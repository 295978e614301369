/// Reads `prometheus.yml`. Start at [io.framewatch.ingest.config.PrometheusConfig#read]: it answers
/// the whole configuration as records, or throws one fault that lists every problem as
/// `file:line:column: text`. [io.framewatch.ingest.config.Section] is how each part is read off the
/// YAML tree: keys that nobody asked for are unknown and answered with the nearest known one.
@NullMarked
package io.framewatch.ingest.config;

import org.jspecify.annotations.NullMarked;
