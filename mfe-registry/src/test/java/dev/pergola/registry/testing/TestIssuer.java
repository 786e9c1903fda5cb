package dev.pergola.registry.testing;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * An issuer of access tokens on a port of its own.
 */
public final class TestIssuer {

	private final RSAKey key;

	private final DisposableServer server;

	public TestIssuer() {
		try {
			this.key = new RSAKeyGenerator(2048).keyID("test").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		// Threads of its own: a context that closes takes the common ones with it.
		this.server = HttpServer.create()
			.runOn(LoopResources.create("test-issuer", 1, true))
			.host("localhost")
			.route((routes) -> routes
				.get("/.well-known/openid-configuration",
						(request, response) -> response.header("Content-Type", "application/json")
							.sendString(Mono.fromSupplier(this::configuration)))
				.get("/keys",
						(request, response) -> response.header("Content-Type", "application/json")
							.sendString(Mono.just(new JWKSet(this.key.toPublicJWK()).toString()))))
			.bindNow();
	}

	public String uri() {
		return "http://localhost:" + this.server.port();
	}

	/** An access token of a person. */
	public String token(String subject, List<String> roles, List<String> teams) {
		return sign(new JWTClaimsSet.Builder().issuer(uri())
			.subject(subject)
			.claim("roles", roles)
			.claim("teams", teams)
			.expirationTime(Date.from(Instant.now().plusSeconds(300)))
			.build());
	}

	public String sign(JWTClaimsSet claims) {
		try {
			SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
			jwt.sign(new RSASSASigner(this.key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String configuration() {
		return """
				{ "issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
				  "response_types_supported": ["code"], "authorization_endpoint": "%1$s/authorize",
				  "id_token_signing_alg_values_supported": ["RS256"] }
				""".formatted(uri());
	}

}
