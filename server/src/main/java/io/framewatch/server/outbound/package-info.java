/// Asking other servers within a time and a size: [io.framewatch.server.outbound.BoundedHttp].
@NullMarked
package io.framewatch.server.outbound;

import org.jspecify.annotations.NullMarked;
