package dev.pergola.session.redis;

import java.net.URL;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.pergola.session.login.SessionUsers;
import dev.pergola.session.store.SignedIn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;

/**
 * Makes encrypted JSON of what a session holds, and the other way round. No Java objects,
 * and of the client registration its name alone.
 */
final class SessionCodec {

	private static final String SIGNED_IN = SignedIn.class.getName();

	private static final String CONTEXT = WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME;

	private static final AuthorizationGrantType KEPT = new AuthorizationGrantType("kept");

	private static final JsonMapper json = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final SessionKeys keys;

	private final SessionUsers users;

	SessionCodec(SessionKeys keys, SessionUsers users) {
		this.keys = keys;
		this.users = users;
	}

	/**
	 * Encrypts a session.
	 * @throws IllegalStateException when an attribute is neither sign-in's nor a text
	 */
	byte[] write(String name, String id, Instant createdAt, Map<String, Object> attributes) {
		SessionDocument.Tokens tokens = null;
		SessionDocument.Person person = null;
		Map<String, String> texts = new LinkedHashMap<>();
		for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
			switch (attribute.getValue()) {
				case SignedIn signedIn -> tokens = tokens(signedIn);
				case SecurityContext context when attribute.getKey().equals(CONTEXT) -> person = person(context);
				case String text -> texts.put(attribute.getKey(), text);
				default -> throw new IllegalStateException(
						"session attribute: %s (expected: a text)".formatted(attribute.getKey()));
			}
		}
		if (person != null && tokens != null && Objects.equals(person.idToken(), tokens.idToken())) {
			person = new SessionDocument.Person(person.registration(), null, person.claims());
		}
		return this.keys.seal(name, json.writeValueAsBytes(new SessionDocument(id, createdAt, tokens, person, texts)));
	}

	/**
	 * Decrypts a session.
	 * @return empty when it cannot be read with the keys of this node
	 */
	Optional<SessionContent> read(String name, byte[] sealed) {
		return this.keys.open(name, sealed).flatMap(this::read);
	}

	private Optional<SessionContent> read(byte[] content) {
		try {
			SessionDocument document = json.readValue(content, SessionDocument.class);
			Map<String, Object> attributes = new HashMap<>(document.texts());
			SessionDocument.Tokens tokens = document.tokens();
			if (tokens != null) {
				attributes.put(SIGNED_IN, signedIn(tokens));
			}
			SessionDocument.Person person = document.person();
			if (person != null) {
				String latest = (tokens != null) ? tokens.idToken() : null;
				attributes.put(CONTEXT, context(person, (person.idToken() != null) ? person.idToken() : latest));
			}
			return Optional.of(new SessionContent(document.id(), document.createdAt(), attributes));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static SessionDocument.Tokens tokens(SignedIn signedIn) {
		OAuth2AuthorizedClient client = signedIn.client();
		OAuth2AccessToken accessToken = client.getAccessToken();
		OAuth2RefreshToken refreshToken = client.getRefreshToken();
		return new SessionDocument.Tokens(client.getClientRegistration().getRegistrationId(), client.getPrincipalName(),
				new SessionDocument.Token(
						accessToken.getTokenValue(), accessToken.getIssuedAt(), accessToken.getExpiresAt()),
				accessToken.getScopes(),
				(refreshToken != null) ? new SessionDocument.Token(refreshToken.getTokenValue(),
						refreshToken.getIssuedAt(), refreshToken.getExpiresAt()) : null,
				signedIn.idToken(), signedIn.issuer(), signedIn.subject(), signedIn.providerSession(), signedIn.at());
	}

	private static SignedIn signedIn(SessionDocument.Tokens tokens) {
		SessionDocument.Token access = tokens.accessToken();
		OAuth2AccessToken accessToken = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, access.value(),
				access.issuedAt(), access.expiresAt(), tokens.scopes());
		SessionDocument.Token refresh = tokens.refreshToken();
		OAuth2RefreshToken refreshToken = (refresh != null)
				? new OAuth2RefreshToken(refresh.value(), refresh.issuedAt(), refresh.expiresAt()) : null;
		// The rest of it is looked up when it is needed.
		ClientRegistration registration = ClientRegistration.withRegistrationId(tokens.registration())
			.clientId(tokens.registration())
			.authorizationGrantType(KEPT)
			.build();
		return new SignedIn(new OAuth2AuthorizedClient(registration, tokens.principalName(), accessToken, refreshToken),
				tokens.idToken(), tokens.issuer(), tokens.subject(), tokens.providerSession(), tokens.at());
	}

	private static SessionDocument.Person person(SecurityContext context) {
		if (context.getAuthentication() instanceof OAuth2AuthenticationToken token
				&& token.getPrincipal() instanceof OidcUser user) {
			Map<String, Object> claims = new LinkedHashMap<>(user.getIdToken().getClaims());
			claims.replaceAll((name, value) -> plain(value));
			return new SessionDocument.Person(token.getAuthorizedClientRegistrationId(),
					user.getIdToken().getTokenValue(), claims);
		}
		throw new IllegalStateException("session: another sign-in (expected: OpenID Connect)");
	}

	private static Object plain(Object value) {
		return switch (value) {
			case Instant time -> time.getEpochSecond();
			case URL url -> url.toString();
			default -> value;
		};
	}

	private SecurityContext context(SessionDocument.Person person, @Nullable String idToken) {
		Map<String, Object> claims = new LinkedHashMap<>(person.claims());
		for (String time : new String[] { IdTokenClaimNames.IAT, IdTokenClaimNames.EXP, IdTokenClaimNames.AUTH_TIME }) {
			claims.computeIfPresent(time, (name, value) -> (value instanceof Number seconds)
					? Instant.ofEpochSecond(seconds.longValue()) : value);
		}
		OidcIdToken token = new OidcIdToken(Objects.requireNonNullElse(idToken, "none"),
				(claims.get(IdTokenClaimNames.IAT) instanceof Instant issuedAt) ? issuedAt : null,
				(claims.get(IdTokenClaimNames.EXP) instanceof Instant expiresAt) ? expiresAt : null, claims);
		OidcUser user = this.users.user(token);
		return new SecurityContextImpl(
				new OAuth2AuthenticationToken(user, user.getAuthorities(), person.registration()));
	}

}
