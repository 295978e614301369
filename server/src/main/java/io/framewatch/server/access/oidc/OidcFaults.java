package io.framewatch.server.access.oidc;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import org.jspecify.annotations.Nullable;

/// What can go wrong with a provider, in words.
final class OidcFaults {

    private OidcFaults() {}

    /// The provider does not answer, or not as the standard says.
    static FaultException provider(String what, @Nullable Exception cause) {
        Fault fault =
                Fault.later(
                        "oidc_provider",
                        "The login provider cannot be used: " + what + ".",
                        "Try again; if it stays so, the operator looks at `access.oidc`.");
        return cause == null ? new FaultException(fault) : new FaultException(fault, cause);
    }

    /// What came back from the provider proves nothing.
    static FaultException failed(String what) {
        return new FaultException(
                Fault.caller(
                        "login_failed",
                        "The login did not succeed: " + what + ".",
                        "Log in again from this server's login page."));
    }

    /// The person is known, but may not come in.
    static FaultException refused(String what) {
        return new FaultException(
                Fault.caller(
                        "login_refused",
                        "The login provider knows you, but you may not come in: " + what + ".",
                        "Ask an admin of this server for a role."));
    }
}
