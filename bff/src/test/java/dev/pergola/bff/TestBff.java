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

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.pergola.registry.client.CatalogSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

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
				"--pergola.bff.egress.allowed-hosts=localhost",
				"--spring.security.oauth2.client.registration.pergola.client-id=pergola",
				"--spring.security.oauth2.client.registration.pergola.client-secret=secret",
				"--spring.security.oauth2.client.registration.pergola.authorization-grant-type=authorization_code",
				"--spring.security.oauth2.client.registration.pergola.redirect-uri=http://localhost/login",
				"--spring.security.oauth2.client.provider.pergola.issuer-uri=http://localhost:1"));
		properties.forEach((property) -> all.add("--" + property));
		this.context = application.run(all.toArray(String[]::new));
	}

	public static TestBff start(String... properties) {
		return new TestBff(List.of(properties));
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
		try {
			SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
					new JWTClaimsSet.Builder().subject(subject)
						.issuer("https://id.example")
						.claim("permissions", List.of(permissions))
						.expirationTime(Date.from(expiresAt))
						.build());
			jwt.sign(new MACSigner(KEY));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
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
