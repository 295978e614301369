package io.framewatch.store.clickhouse;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates of a PEM file as what TLS trusts.
final class TrustedCertificates {

    private TrustedCertificates() {}

    /// A TLS context that trusts the certificates in `file` and no other. Throws `clickhouse_ca`.
    static SSLContext of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new CertificateException("it holds no certificate");
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new FaultException(
                    Fault.operator(
                            "clickhouse_ca",
                            "The certificates in "
                                    + file
                                    + " cannot be read: "
                                    + unreadable.getMessage()
                                    + ".",
                            "Name a PEM file in store.clickhouse.caFile."),
                    unreadable);
        }
    }
}
