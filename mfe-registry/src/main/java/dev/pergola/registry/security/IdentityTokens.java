package dev.pergola.registry.security;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.pergola.registry.team.PublisherProperties.Issuer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * Checks signature, issuer and lifetime of identity tokens of one issuer. Its keys are
 * fetched when the first token comes, kept, and fetched again at most twice in 30
 * seconds, whatever keys tokens name; an issuer that is down does not stop the registry.
 */
final class IdentityTokens {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration READ = Duration.ofSeconds(5);

	private static final int MAX_BYTES = 256 * 1024;

	/** No shared secrets: what the issuer publishes could sign then. */
	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
			JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	private final Issuer issuer;

	private final DefaultResourceRetriever http = new DefaultResourceRetriever((int) CONNECT.toMillis(),
			(int) READ.toMillis(), MAX_BYTES);

	private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;

	IdentityTokens(Issuer issuer) {
		this.issuer = issuer;
	}

	/**
	 * Claims of a token; blocks while keys are fetched.
	 * @return claims; {@link BadJOSEException} when it is not one of the issuer's or
	 * over, {@link AuthenticationServiceException} when its keys are out of reach
	 */
	JWTClaimsSet check(String token) throws BadJOSEException, ParseException {
		try {
			return processor().process(token, null);
		}
		catch (JOSEException | IOException | IllegalArgumentException | JacksonException ex) {
			throw new AuthenticationServiceException("keys of %s are out of reach".formatted(this.issuer.issuer()), ex);
		}
	}

	private synchronized DefaultJWTProcessor<SecurityContext> processor() throws IOException {
		DefaultJWTProcessor<SecurityContext> known = this.processor;
		if (known != null) {
			return known;
		}
		JWKSource<SecurityContext> keys = JWKSourceBuilder.create(keys(), this.http).build();
		DefaultJWTProcessor<SecurityContext> fresh = new DefaultJWTProcessor<>();
		fresh.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
		fresh.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
				new JWTClaimsSet.Builder().issuer(this.issuer.issuer()).build(), Set.of("sub", "aud", "exp")));
		this.processor = fresh;
		return fresh;
	}

	/**
	 * As OpenID Connect Discovery 1.0 says under "Obtaining OpenID Provider
	 * Configuration".
	 */
	private URL keys() throws IOException {
		if (this.issuer.jwkSetUri() != null) {
			return this.issuer.jwkSetUri().toURL();
		}
		String base = this.issuer.issuer().replaceAll("/+$", "");
		JsonNode configuration = JsonMapper.shared()
			.readTree(this.http.retrieveResource(URI.create(base + "/.well-known/openid-configuration").toURL())
				.getContent());
		URI address = URI.create(configuration.path("jwks_uri").asString(""));
		if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))) {
			throw new IOException("the issuer names no keys");
		}
		return address.toURL();
	}

}
