package io.framewatch.server.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.ingest.config.Secret;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.OidcSettings;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.HttpListener;
import io.framewatch.testkit.ManualClock;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logins through a provider that keeps the standard, and one test for each way it may not.
final class OidcTest {

    private final ManualClock clock = new ManualClock(1_800_000_000_000L);
    private final ProviderDouble provider = provider();
    private final HttpClient browser = HttpClient.newHttpClient();
    private final List<Caller> sessions = new ArrayList<>();
    private List<String> viewers = List.of();
    private String tenantClaim = "";
    private HttpListener listener = listen(List.of());

    private ProviderDouble provider() {
        try {
            return new ProviderDouble(clock);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpListener listen(List<io.framewatch.server.http.Endpoints> endpoints) {
        return HttpListener.start(
                new ListenSettings("127.0.0.1", 0, true),
                LimitSettings.DEFAULT,
                List.of(),
                endpoints);
    }

    @BeforeEach
    void serve() {
        listener.close();
        OidcSettings settings =
                new OidcSettings(
                        "Company login",
                        URI.create(provider.address()),
                        ProviderDouble.CLIENT,
                        new SecretSource.Inline(new Secret(ProviderDouble.SECRET)),
                        List.of("openid", "groups"),
                        null,
                        "preferred_username",
                        "groups",
                        viewers,
                        List.of("video"),
                        List.of("root"),
                        tenantClaim.isEmpty() ? null : tenantClaim,
                        Map.of(),
                        60_000,
                        5_000);
        listener =
                listen(
                        List.of(
                                new OidcEndpoints(
                                        settings,
                                        URI.create("http://127.0.0.1:1"),
                                        (res, caller) -> {
                                            sessions.add(caller);
                                            res.header(HeaderNames.WARNING, "session");
                                        },
                                        clock)));
    }

    @AfterEach
    void stop() {
        listener.close();
        provider.close();
        browser.close();
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.address() + path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    /// The path the provider leads back to.
    private static String back(URI at) {
        return at.getRawPath() + "?" + at.getRawQuery();
    }

    private HttpResponse<String> login() throws Exception {
        HttpResponse<String> leaving = get("/login/oidc?next=/d/cpu?from=1", "");
        assertThat(leaving.statusCode()).isEqualTo(303);
        URI back = provider.login(URI.create(location(leaving)));
        return get(back(back), cookie(leaving));
    }

    private void refused(String code) throws Exception {
        HttpResponse<String> answer = login();
        assertThat(location(answer)).isEqualTo("/login?failed=" + code);
        assertThat(sessions).isEmpty();
        assertThat(answer.headers().firstValue("Warning")).isEmpty();
    }

    @Test
    void somebodyKnownComesIn() throws Exception {
        HttpResponse<String> answer = login();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("content=\"0;url=/d/cpu?from=1\"");
        assertThat(sessions)
                .containsExactly(new Caller("ann", Caller.Role.EDITOR, Tenant.DEFAULT, "login"));
    }

    @Test
    void theProviderIsAskedAsTheStandardSays() throws Exception {
        URI to = URI.create(location(get("/login/oidc", "")));
        Map<String, String> asked = ProviderDouble.form(to.getRawQuery());
        assertThat(asked)
                .containsEntry("p", "1")
                .containsEntry("response_type", "code")
                .containsEntry("scope", "openid groups")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", "http://127.0.0.1:1/login/oidc/callback");
        assertThat(asked.get("state")).hasSizeGreaterThan(40).isNotEqualTo(asked.get("nonce"));
        HttpResponse<String> leaving = get("/login/oidc", "");
        assertThat(leaving.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax", "Path=/login/oidc");
    }

    @Test
    void nobodyIsLedToAnotherSite() throws Exception {
        for (String next : List.of("//evil.example", "/%5Cevil.example", "https://evil.example")) {
            HttpResponse<String> leaving = get("/login/oidc?next=" + next, "");
            URI back = provider.login(URI.create(location(leaving)));
            assertThat(get(back(back), cookie(leaving)).body()).contains("content=\"0;url=/\"");
        }
    }

    @Test
    void aCodeIsGoodOnce() throws Exception {
        HttpResponse<String> leaving = get("/login/oidc", "");
        URI back = provider.login(URI.create(location(leaving)));
        assertThat(get(back(back), cookie(leaving)).statusCode()).isEqualTo(200);
        assertThat(location(get(back(back), cookie(leaving))))
                .isEqualTo("/login?failed=login_failed");
        HttpResponse<String> again = get("/login/oidc", "");
        String state =
                ProviderDouble.form(URI.create(location(again)).getRawQuery())
                        .getOrDefault("state", "");
        String code = ProviderDouble.form(back.getRawQuery()).getOrDefault("code", "");
        String replayed = "/login/oidc/callback?code=" + code + "&state=" + state;
        assertThat(location(get(replayed, cookie(again)))).isEqualTo("/login?failed=login_failed");
        assertThat(sessions).hasSize(1);
    }

    @Test
    void anotherBrowserCannotFinishALogin() throws Exception {
        HttpResponse<String> leaving = get("/login/oidc", "");
        String back = back(provider.login(URI.create(location(leaving))));
        assertThat(location(get(back, ""))).isEqualTo("/login?failed=login_failed");
        assertThat(location(get(back, cookie(leaving)))).isEqualTo("/login?failed=login_failed");
        assertThat(location(get("/login/oidc/callback?code=x&state=y", "")))
                .isEqualTo("/login?failed=login_failed");
        assertThat(sessions).isEmpty();
    }

    @Test
    void aLoginGrowsOld() throws Exception {
        HttpResponse<String> leaving = get("/login/oidc", "");
        String back = back(provider.login(URI.create(location(leaving))));
        clock.advance(Duration.ofMinutes(11));
        assertThat(location(get(back, cookie(leaving)))).isEqualTo("/login?failed=login_failed");
    }

    @Test
    void aPersonWhoDeclinesIsRefused() throws Exception {
        HttpResponse<String> leaving = get("/login/oidc", "");
        String state =
                ProviderDouble.form(URI.create(location(leaving)).getRawQuery())
                        .getOrDefault("state", "");
        String back = "/login/oidc/callback?error=access_denied&state=" + state;
        assertThat(location(get(back, cookie(leaving)))).isEqualTo("/login?failed=login_refused");
    }

    @Test
    void anUnsignedTokenIsRefused() throws Exception {
        provider.signs = false;
        refused("login_failed");
    }

    @Test
    void aTokenSignedWithASharedSecretIsRefused() throws Exception {
        provider.sharedSecret = true;
        refused("login_failed");
    }

    @Test
    void aForgedSignatureIsRefused() throws Exception {
        provider.forgeKey();
        refused("login_failed");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        provider.claims = claims -> claims.issuer("https://evil.example");
        refused("login_failed");
    }

    @Test
    void aTokenForAnotherProgramIsRefused() throws Exception {
        provider.claims = claims -> claims.audience("other");
        refused("login_failed");
        provider.claims = claims -> claims.audience(List.of(ProviderDouble.CLIENT, "other"));
        refused("login_failed");
        provider.claims = claims -> claims.claim("azp", "other");
        refused("login_failed");
    }

    @Test
    void severalAudiencesWithUsAsThePartyAreFine() throws Exception {
        provider.claims =
                claims ->
                        claims.audience(List.of(ProviderDouble.CLIENT, "other"))
                                .claim("azp", ProviderDouble.CLIENT);
        assertThat(login().statusCode()).isEqualTo(200);
    }

    @Test
    void anotherLoginsTokenIsRefused() throws Exception {
        provider.claims = claims -> claims.claim("nonce", "other");
        refused("login_failed");
        provider.claims = claims -> claims.claim("nonce", null);
        refused("login_failed");
    }

    @Test
    void timesAreHeldWithinTheSkewOfClocks() throws Exception {
        provider.claims = claims -> claims.claim("exp", seconds(-59));
        assertThat(login().statusCode()).isEqualTo(200);
        provider.claims = claims -> claims.claim("iat", seconds(59));
        assertThat(login().statusCode()).isEqualTo(200);
        sessions.clear();
        provider.claims = claims -> claims.claim("exp", seconds(-60));
        refused("login_failed");
        provider.claims = claims -> claims.claim("iat", seconds(62));
        refused("login_failed");
        provider.claims = claims -> claims.claim("nbf", seconds(62));
        refused("login_failed");
        provider.claims = claims -> claims.claim("exp", null);
        refused("login_failed");
        provider.claims = claims -> claims.claim("iat", null);
        refused("login_failed");
    }

    private long seconds(int fromNow) {
        return clock.nowMs() / 1_000 + fromNow;
    }

    @Test
    void keysMayRotate() throws Exception {
        assertThat(login().statusCode()).isEqualTo(200);
        assertThat(provider.keyReads.get()).isEqualTo(1);
        assertThat(login().statusCode()).isEqualTo(200);
        assertThat(provider.keyReads.get()).as("kept").isEqualTo(1);
        provider.rotate();
        clock.advance(Duration.ofSeconds(11));
        assertThat(login().statusCode()).isEqualTo(200);
        assertThat(provider.keyReads.get()).isEqualTo(2);
        provider.signWith = ProviderDouble.newKey();
        login();
        login();
        assertThat(provider.keyReads.get()).as("asked at most every ten seconds").isEqualTo(2);
    }

    @Test
    void rolesComeFromClaims() throws Exception {
        provider.claims = claims -> claims.claim("groups", List.of("video", "root"));
        login();
        assertThat(sessions.getFirst().role()).isEqualTo(Caller.Role.ADMIN);
        sessions.clear();
        provider.claims = claims -> claims.claim("groups", List.of("other"));
        refused("login_refused");
        provider.claims = claims -> claims.claim("groups", null);
        refused("login_refused");
        viewers = List.of("*");
        serve();
        login();
        assertThat(sessions.getFirst().role()).isEqualTo(Caller.Role.VIEWER);
    }

    @Test
    void tenantsComeFromClaims() throws Exception {
        tenantClaim = "org.id";
        serve();
        provider.claims = claims -> claims.claim("org", Map.of("id", "acme"));
        login();
        assertThat(sessions.getFirst().tenant()).isEqualTo(new Tenant("acme"));
        sessions.clear();
        provider.claims = claims -> claims;
        refused("login_refused");
        provider.claims = claims -> claims.claim("org", Map.of("id", "../etc"));
        refused("login_refused");
    }

    @Test
    void aProviderThatIsGoneOrAnotherOneIsTold() throws Exception {
        provider.issuer = "https://evil.example";
        assertThat(location(get("/login/oidc", ""))).isEqualTo("/login?failed=oidc_provider");
        provider.close();
        assertThat(location(get("/login/oidc", ""))).isEqualTo("/login?failed=oidc_provider");
    }
}
