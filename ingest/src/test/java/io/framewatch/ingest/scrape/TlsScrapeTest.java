package io.framewatch.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real TLS with certificates made here.
@Timeout(90)
final class TlsScrapeTest {

    @TempDir private Path folder;

    private static Exporter exporter(SSLContext context, boolean clientNeeded) throws Exception {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters tls = context.getDefaultSSLParameters();
                        tls.setNeedClientAuth(clientNeeded);
                        parameters.setSSLParameters(tls);
                    }
                });
        Exporter exporter = new Exporter(server);
        exporter.shows("a 1\n");
        return exporter;
    }

    private static String scrape(ScrapeBench bench, String tls) throws Exception {
        TargetScraper scraper = bench.scraper("scheme: https", "tls_config: {" + tls + "}");
        bench.scrape(scraper);
        return scraper.status().lastError();
    }

    @Test
    void trustsWhatIsConfiguredAndNothingElse() throws Exception {
        Certificates server =
                Certificates.make(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        Certificates stranger = Certificates.make(new GeneralName(GeneralName.dNSName, "x"));
        Path ca = Files.writeString(folder.resolve("ca.pem"), server.certificatePem());
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), stranger.certificatePem());
        try (ScrapeBench bench = new ScrapeBench(exporter(server.context(stranger), false))) {
            assertThat(scrape(bench, "ca_file: " + ca)).isEmpty();
            assertThat(scrape(bench, "ca_file: " + wrong)).isNotEmpty();
            assertThat(scrape(bench, "")).isNotEmpty();
            assertThat(scrape(bench, "insecure_skip_verify: true")).isEmpty();
            assertThat(scrape(bench, "ca_file: " + folder.resolve("none.pem")))
                    .contains("TLS settings cannot be used");
            assertThat(bench.values("up")).containsExactly("1.0", "0.0", "0.0", "1.0", "0.0");
        }
    }

    @Test
    void expectsTheConfiguredName() throws Exception {
        Certificates server =
                Certificates.make(new GeneralName(GeneralName.dNSName, "*.cams.example"));
        Path ca = Files.writeString(folder.resolve("ca.pem"), server.certificatePem());
        try (ScrapeBench bench = new ScrapeBench(exporter(server.context(server), false))) {
            assertThat(scrape(bench, "ca_file: " + ca)).isNotEmpty();
            assertThat(scrape(bench, "server_name: gate.cams.example, ca_file: " + ca)).isEmpty();
            assertThat(scrape(bench, "server_name: other.example, ca_file: " + ca))
                    .contains("not for other.example");
        }
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        Certificates server =
                Certificates.make(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        Certificates client = Certificates.make(new GeneralName(GeneralName.dNSName, "client"));
        Path ca = Files.writeString(folder.resolve("ca.pem"), server.certificatePem());
        Path cert = Files.writeString(folder.resolve("client.pem"), client.certificatePem());
        Path key = Files.writeString(folder.resolve("client.key"), client.keyPem());
        try (ScrapeBench bench = new ScrapeBench(exporter(server.context(client), true))) {
            assertThat(scrape(bench, "ca_file: " + ca)).isNotEmpty();
            String files = "ca_file: " + ca + ", cert_file: " + cert + ", key_file: " + key;
            assertThat(scrape(bench, files)).isEmpty();
        }
    }
}
