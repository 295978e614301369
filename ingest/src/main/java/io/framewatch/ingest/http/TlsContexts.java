package io.framewatch.ingest.http;

import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes TLS contexts of settings.
final class TlsContexts {

    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
    private static final long FILE_BYTES_MAX = 4L * 1024 * 1024;

    private TlsContexts() {}

    static SSLContext context(TlsConfig config) throws FetchException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(config), trust(config), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new FetchException("TLS settings cannot be used: " + e.getMessage(), e);
        }
    }

    /// The protocol versions between the lowest and the highest allowed.
    static SSLParameters parameters(TlsConfig config, SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (!config.minVersion().isEmpty() || !config.maxVersion().isEmpty()) {
            int from = Math.max(0, VERSIONS.indexOf(config.minVersion()));
            int last = VERSIONS.indexOf(config.maxVersion());
            int to = last < 0 ? VERSIONS.size() : last + 1;
            parameters.setProtocols(VERSIONS.subList(from, to).toArray(String[]::new));
        }
        return parameters;
    }

    private static KeyManager @Nullable [] keys(TlsConfig config)
            throws GeneralSecurityException, IOException, FetchException {
        String certificates = text(config.cert(), config.certFile());
        if (certificates.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        char[] password = new char[0];
        store.setKeyEntry(
                "client",
                Pem.privateKey(key(config.key())),
                password,
                Pem.certificates(certificates).toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static String key(SecretSource source) throws IOException, FetchException {
        return source instanceof SecretSource.InFile(Path path)
                ? text("", path)
                : Secrets.read(source);
    }

    private static TrustManager @Nullable [] trust(TlsConfig config)
            throws GeneralSecurityException, IOException {
        if (config.insecureSkipVerify()) {
            return new TrustManager[] {new TrustAll()};
        }
        String authorities = text(config.ca(), config.caFile());
        if (authorities.isEmpty() && config.serverName().isEmpty()) {
            return null;
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isEmpty() ? null : store(Pem.certificates(authorities)));
        if (config.serverName().isEmpty()) {
            return factory.getTrustManagers();
        }
        List<TrustManager> named = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                named.add(new TrustNamed(extended, config.serverName()));
            }
        }
        return named.toArray(TrustManager[]::new);
    }

    private static KeyStore store(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int index = 0;
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + index++, certificate);
        }
        return store;
    }

    private static String text(String inline, @Nullable Path file) throws IOException {
        if (file == null) {
            return inline;
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(file + " is larger than 4 MB");
        }
        return Files.readString(file);
    }
}
