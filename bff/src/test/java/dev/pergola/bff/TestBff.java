package dev.pergola.bff;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.bff.routing.RoutesSwapped;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.WebSession;

/** A bff on a port of its own, with a catalog tests write and JWTs of a local key. */
public final class TestBff implements AutoCloseable {

	private static final byte[] KEY = "a key that is long enough for HS256 and no secret"
		.getBytes(StandardCharsets.UTF_8);

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final TestCatalog catalog = new TestCatalog();

	private final ConfigurableApplicationContext context;

	private TestBff(List<String> properties) {
		SpringApplication application = new SpringApplication(BffApplication.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		application.addInitializers((context) -> {
			GenericApplicationContext beans = (GenericApplicationContext) context;
			beans.registerBean("testCatalog", CatalogSource.class, () -> this.catalog);
			beans.registerBean(ReactiveJwtDecoder.class,
					() -> NimbusReactiveJwtDecoder.withSecretKey(new SecretKeySpec(KEY, "HmacSHA256")).build());
		});
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--management.server.port=",
				"--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--pergola.bff.egress.allowed-hosts=localhost", "--pergola.bff.limits.person=100000/s",
				"--pergola.bff.limits.person-module=100000/s", "--pergola.bff.limits.client=100000/s",
				"--spring.security.oauth2.client.registration.pergola.client-id=pergola",
				"--spring.security.oauth2.client.registration.pergola.client-secret=secret",
				"--spring.security.oauth2.client.registration.pergola.authorization-grant-type=authorization_code",
				"--spring.security.oauth2.client.registration.pergola.redirect-uri=http://localhost/login",
				"--spring.security.oauth2.client.provider.pergola.issuer-uri=http://localhost:1"));
		// A setting that is given twice would be both.
		properties.forEach((property) -> all
			.removeIf((given) -> given.startsWith("--" + property.substring(0, property.indexOf('=') + 1))));
		properties.forEach((property) -> all.add("--" + property));
		this.context = application.run(all.toArray(String[]::new));
	}

	public static TestBff start(String... properties) {
		return new TestBff(List.of(properties));
	}

	/**
	 * Makes these modules the catalog, and waits until calls are routed by it.
	 * @return its revision
	 */
	public long publish(CatalogModule... modules) {
		long revision = this.catalog.put(modules).revision();
		RoutesSwapped.await(this.context, revision);
		return revision;
	}

	public TestCatalog catalog() {
		return this.catalog;
	}

	public int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	/** An access token of a person with these permissions. */
	public static String token(String subject, String... permissions) {
		return token(subject, Instant.now().plusSeconds(600), permissions);
	}

	public static String token(String subject, Instant expiresAt, String... permissions) {
		return token(subject, expiresAt, Map.of("permissions", List.of(permissions)));
	}

	/** An access token with these claims. */
	public static String token(String subject, Instant expiresAt, Map<String, Object> claims) {
		try {
			JWTClaimsSet.Builder set = new JWTClaimsSet.Builder().subject(subject)
				.issuer("https://id.example")
				.expirationTime(Date.from(expiresAt));
			claims.forEach(set::claim);
			SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set.build());
			jwt.sign(new MACSigner(KEY));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Signs a person in.
	 * @return the session cookie, as it stands in the header
	 */
	public String session(String subject) {
		return session(subject, Instant.now().plusSeconds(600), null);
	}

	/**
	 * Signs a person in.
	 * @param expiresAt end of the access token
	 * @param refreshToken what the provider takes for another, {@code null} for none
	 * @return the session cookie, as it stands in the header
	 */
	public String session(String subject, Instant expiresAt, @Nullable String refreshToken) {
		Instant now = Instant.now();
		OidcUser user = new DefaultOidcUser(List.of(),
				new OidcIdToken("id", now, now.plusSeconds(600), Map.of("sub", subject, "iss", "https://id.example")));
		ClientRegistration registration = ClientRegistration.withRegistrationId("pergola")
			.clientId("pergola")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("http://localhost/login")
			.authorizationUri("http://localhost:1/authorize")
			.tokenUri("http://localhost:1/token")
			.build();
		OAuth2AccessToken accessToken = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token(subject), now,
				expiresAt);
		OAuth2RefreshToken refresh = (refreshToken != null) ? new OAuth2RefreshToken(refreshToken, now) : null;
		WebSession session = this.context.getBean(SessionStore.class).createWebSession().block();
		session.getAttributes()
			.put(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME,
					new SecurityContextImpl(new OAuth2AuthenticationToken(user, List.of(), "pergola")));
		new SignedIn(new OAuth2AuthorizedClient(registration, subject, accessToken, refresh), "id",
				"https://id.example", subject, null, now)
			.keepIn(session);
		session.start();
		session.save().block();
		return this.context.getBean(SessionProperties.class).cookie().name() + "=" + session.getId();
	}

	public HttpRequest.Builder request(String path, String token) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
		return (token != null) ? request.header("Authorization", "Bearer " + token) : request;
	}

	public HttpResponse<String> get(String path, String token) {
		return send(request(path, token).build());
	}

	public static HttpResponse<String> send(HttpRequest request) {
		try {
			return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
