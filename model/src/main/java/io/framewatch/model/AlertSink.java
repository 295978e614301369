package io.framewatch.model;

import java.util.List;

/// Takes alerts off a rule's hands: firing ones again and again while they fire, resolved ones for
/// a while after. Thread safe; returns quickly.
@FunctionalInterface
public interface AlertSink {

    /// Receives alerts of one tenant.
    void receive(Tenant tenant, List<Alert> alerts);
}
