/// Protocol Buffers' wire format (<https://protobuf.dev/programming-guides/encoding/>), read by a
/// cursor over bytes without generated classes. Start at [io.framewatch.wire.proto.ProtoCursor].
@NullMarked
package io.framewatch.wire.proto;

import org.jspecify.annotations.NullMarked;
