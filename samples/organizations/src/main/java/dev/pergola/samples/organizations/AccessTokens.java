package dev.pergola.samples.organizations;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Checks access tokens of one issuer, whose keys are asked for on first use.
 */
class AccessTokens {

	private static final int MILLIS = 1500;

	private static final int MAX_BYTES = 64 * 1024;

	private final URI issuer;

	private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;

	AccessTokens(URI issuer) {
		this.issuer = issuer;
	}

	/**
	 * Checks signature, issuer and time of a token.
	 * @param authorization value of the header, {@code null} when there is none
	 * @return its claims; a {@link Problem} with status 401, or 503 when the issuer does
	 * not answer
	 */
	Caller check(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
			throw unauthorized();
		}
		try {
			JWTClaimsSet claims = processor().process(authorization.substring(7).strip(), null);
			return new Caller(claims.getSubject(), Caller.names(claims.getClaim("permissions")));
		}
		catch (KeySourceException | IOException ex) {
			throw Problem.of(503, "issuer-unavailable",
					"The issuer of access tokens does not answer, so none can be checked.");
		}
		catch (BadJOSEException | JOSEException | ParseException ex) {
			throw unauthorized();
		}
	}

	private DefaultJWTProcessor<SecurityContext> processor() throws IOException, ParseException {
		DefaultJWTProcessor<SecurityContext> known = this.processor;
		if (known != null) {
			return known;
		}
		DefaultResourceRetriever retriever = new DefaultResourceRetriever(MILLIS, MILLIS, MAX_BYTES);
		URL configuration = URI.create(this.issuer + "/.well-known/openid-configuration").toURL();
		String keys = JSONObjectUtils
			.getString(JSONObjectUtils.parse(retriever.retrieveResource(configuration).getContent()), "jwks_uri");
		JWKSource<SecurityContext> source = JWKSourceBuilder.create(URI.create(keys).toURL(), retriever).build();
		DefaultJWTProcessor<SecurityContext> created = new DefaultJWTProcessor<>();
		created.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
		created.setJWSKeySelector(new JWSVerificationKeySelector<>(
				Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256), source));
		created.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
				new JWTClaimsSet.Builder().issuer(this.issuer.toString()).build(), Set.of("sub", "exp")));
		this.processor = created;
		return created;
	}

	private static Problem unauthorized() {
		return Problem.of(401, "unauthorized", "A valid access token of the portal is needed.");
	}

}
