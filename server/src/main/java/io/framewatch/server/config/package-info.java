/// What the operator decides. [io.framewatch.server.config.Settings] is the whole of it, a record
/// per section with its defaults; [io.framewatch.server.config.SettingsFile] reads it from
/// `framewatch.yml`.
@NullMarked
package io.framewatch.server.config;

import org.jspecify.annotations.NullMarked;
