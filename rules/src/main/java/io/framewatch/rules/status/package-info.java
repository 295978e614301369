/// How rules and groups fare, as records for APIs and pages.
@NullMarked
package io.framewatch.rules.status;

import org.jspecify.annotations.NullMarked;
