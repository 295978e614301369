/// What has been appended and may not be in the engine yet, in memory:
/// [io.framewatch.store.tail.Tail], shared by the durable stores for log lines and spans.
@NullMarked
package io.framewatch.store.tail;

import org.jspecify.annotations.NullMarked;
