package io.framewatch.ingest.config;

/// Which names of metrics and labels are taken.
///
/// @param utf8 whether every UTF-8 text is a name; otherwise letters, digits, underscores and
///   colons
/// @param escaping how exporters are asked to write other names: `allow-utf-8`, `underscores`,
///   `dots` or `values`
public record NameOptions(boolean utf8, String escaping) {}
