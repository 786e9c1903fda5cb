package dev.pergola.session.redis;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a session holds, as JSON. Names of what is here are read by older and newer nodes.
 *
 * @param id id of the session
 * @param createdAt when it began
 * @param tokens tokens and names, {@code null} when nobody is signed in
 * @param person whom requests act for, {@code null} when nobody is signed in
 * @param texts attributes that are texts
 */
record SessionDocument(String id, Instant createdAt, @Nullable Tokens tokens, @Nullable Person person,
		Map<String, String> texts) {

	/**
	 * See {@link dev.pergola.session.store.SignedIn}.
	 *
	 * @param registration name of the client registration
	 */
	record Tokens(String registration, String principalName, Token accessToken, Set<String> scopes,
			@Nullable Token refreshToken, @Nullable String idToken, String issuer, String subject,
			@Nullable String providerSession, Instant at) {

	}

	record Token(String value, @Nullable Instant issuedAt, @Nullable Instant expiresAt) {

	}

	/**
	 * The person as the id token of the sign-in told.
	 *
	 * @param registration name of the client registration
	 * @param idToken the id token, {@code null} when it is the one of {@link Tokens}
	 * @param claims claims, times as seconds
	 */
	record Person(String registration, @Nullable String idToken, Map<String, Object> claims) {

	}

}
