/// Reading YAML so that every complaint names file, line and column.
///
/// A text goes in through [io.framewatch.model.yaml.YamlValue#parse]; a reader walks it with
/// [io.framewatch.model.yaml.YamlMap], naming each key it understands, and ends each map with
/// [io.framewatch.model.yaml.YamlMap#rejectUnknown]. Problems are collected, not thrown, so that
/// all of them are reported at once by [io.framewatch.model.yaml.YamlProblems#throwIfAny].
@NullMarked
package io.framewatch.model.yaml;

import org.jspecify.annotations.NullMarked;
