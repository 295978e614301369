/// The store and its engine put together for one folder: what a server opens.
@NullMarked
package io.framewatch.store.embedded;

import org.jspecify.annotations.NullMarked;
