package io.framewatch.server.cli;

import io.framewatch.model.FaultException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes `SIGHUP` reload the configuration, as it does for Prometheus. The JDK has no other way to
/// hear of a signal than `sun.misc.Signal`, which is why this class, and no other, uses it. Only
/// `serve` installs it: everywhere else `SIGHUP` ends the program as before.
@SuppressWarnings("sunapi")
final class ReloadSignal {

    private static final Logger log = LoggerFactory.getLogger(ReloadSignal.class);

    private ReloadSignal() {}

    /// From now on `SIGHUP` runs `reload`; what it throws has been logged by then.
    static void handle(Runnable reload) {
        try {
            sun.misc.Signal.handle(new sun.misc.Signal("HUP"), _ -> run(reload));
        } catch (IllegalArgumentException e) {
            // Started with nohup, or on a system without this signal.
            log.debug("SIGHUP is not heard", e);
        }
    }

    private static void run(Runnable reload) {
        try {
            reload.run();
        } catch (FaultException e) {
            log.debug("reload by SIGHUP failed", e);
        }
    }
}
