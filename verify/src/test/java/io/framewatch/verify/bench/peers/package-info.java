/// Framewatch beside its peers: the same bytes pushed into each, the same questions asked of each,
/// in one run on one machine. Start at [PeersBenchmark]; a [Contender] is a running server, a
/// [Workload] what it is given, a [Question] what it is asked.
@NullMarked
package io.framewatch.verify.bench.peers;

import org.jspecify.annotations.NullMarked;
