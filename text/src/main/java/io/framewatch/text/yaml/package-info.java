/// Configuration files with a position on everything.
///
/// [io.framewatch.text.yaml.YamlFile] reads a text into a [io.framewatch.text.yaml.YamlValue];
/// readers of one kind of file walk it through [io.framewatch.text.yaml.Section]: they ask for the
/// keys they know and call `finish()`, which answers every other key with the nearest known one.
/// Whatever is wrong goes into one [io.framewatch.text.yaml.Problems], so that a person sees all of
/// it at once as `file:line:column: message`.
@NullMarked
package io.framewatch.text.yaml;

import org.jspecify.annotations.NullMarked;
