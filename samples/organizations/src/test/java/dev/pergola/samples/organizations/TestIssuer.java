package dev.pergola.samples.organizations;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/** An OpenID Connect issuer with a key of its own. */
final class TestIssuer implements AutoCloseable {

	private final RSAKey key;

	private final HttpServer server;

	TestIssuer() throws IOException, JOSEException {
		this.key = new RSAKeyGenerator(2048).keyID("test").generate();
		this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		answer("/.well-known/openid-configuration", """
				{"issuer": "%s", "jwks_uri": "%s/oauth2/jwks", "subject_types_supported": ["public"],
				 "authorization_endpoint": "%s/authorize", "token_endpoint": "%s/token",
				 "response_types_supported": ["code"]}""".replace("%s", address()));
		answer("/oauth2/jwks", new JWKSet(this.key.toPublicJWK()).toString());
		this.server.start();
	}

	String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	String token(String subject, List<String> roles, List<String> permissions) {
		return sign(this.key, address(), subject, Map.of("roles", roles, "permissions", permissions),
				Instant.now().plusSeconds(300));
	}

	String expiredToken() {
		return sign(this.key, address(), "late", Map.of(), Instant.now().minusSeconds(3600));
	}

	String tokenOfAnotherKey() throws JOSEException {
		return sign(new RSAKeyGenerator(2048).keyID("test").generate(), address(), "forger",
				Map.of("permissions", List.of("organizations:read")), Instant.now().plusSeconds(300));
	}

	private static String sign(RSAKey key, String issuer, String subject, Map<String, Object> claims, Instant expires) {
		try {
			JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder().issuer(issuer)
				.subject(subject)
				.issueTime(Date.from(expires.minusSeconds(600)))
				.expirationTime(Date.from(expires));
			claims.forEach(builder::claim);
			SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
					builder.build());
			jwt.sign(new RSASSASigner(key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void answer(String path, String json) {
		this.server.createContext(path, (exchange) -> {
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
