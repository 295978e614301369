/// What is configured: routes, receivers, inhibition. [io.framewatch.respond.config.RespondConfig]
/// is the whole.
@NullMarked
package io.framewatch.respond.config;

import org.jspecify.annotations.NullMarked;
