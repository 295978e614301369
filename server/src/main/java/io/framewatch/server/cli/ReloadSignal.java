package io.framewatch.server.cli;

import io.framewatch.model.FaultException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes `SIGHUP` reload the configuration, as it does for Prometheus. The JDK has no other way to
/// hear of a signal than `sun.misc.Signal`, which is why this class, and no other, uses it: by
/// name, because a direct call gives a warning that no annotation silences. Only `serve` installs
/// it: everywhere else `SIGHUP` ends the program as before.
final class ReloadSignal {

    private static final Logger log = LoggerFactory.getLogger(ReloadSignal.class);

    private ReloadSignal() {}

    /// From now on `SIGHUP` runs `reload`; what it throws has been logged by then.
    static void handle(Runnable reload) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            Object hears =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> heard(reload, self, method, arguments));
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, hears);
        } catch (ReflectiveOperationException e) {
            // Started with nohup, or on a system without this signal.
            log.debug("SIGHUP is not heard", e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // what Object.equals means
    private static @Nullable Object heard(
            Runnable reload, Object self, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                run(reload);
                yield null;
            }
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "reload on SIGHUP";
        };
    }

    private static void run(Runnable reload) {
        try {
            reload.run();
        } catch (FaultException e) {
            log.debug("reload by SIGHUP failed", e);
        }
    }
}
