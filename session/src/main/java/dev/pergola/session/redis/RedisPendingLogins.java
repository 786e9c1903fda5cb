package dev.pergola.session.redis;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.login.PendingLogins;
import dev.pergola.session.store.SessionName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Begun sign-ins in Redis, encrypted: their code verifier is a secret.
 */
final class RedisPendingLogins implements PendingLogins {

	private static final JsonMapper json = JsonMapper.builder().build();

	private final RedisLink redis;

	private final SessionKeys keys;

	private final SessionProperties.Login limits;

	private final Clock clock;

	RedisPendingLogins(RedisLink redis, SessionKeys keys, SessionProperties.Login limits, Clock clock) {
		this.redis = redis;
		this.keys = keys;
		this.limits = limits;
		this.clock = clock;
	}

	@Override
	public Mono<Void> keep(String browser, String address, OAuth2AuthorizationRequest request) {
		return Mono.defer(() -> {
			String key = key(browser, Objects.requireNonNull(request.getState()));
			byte[] document = this.keys.seal(key, json.writeValueAsBytes(Document.of(request)));
			long now = Instant.now(this.clock).toEpochMilli();
			long life = this.limits.timeout().toMillis();
			return this.redis
				.run(Script.BEGIN,
						new String[] { key, this.redis.key("b", SessionName.of(browser)),
								this.redis.key("b", SessionName.of("at " + address)), this.redis.key("b", "all") },
						document, life, now, now + life, this.limits.maxPendingPerBrowser(),
						this.limits.maxPendingPerAddress(), this.limits.maxPending())
				.then();
		});
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> take(String browser, String state) {
		return Mono.defer(() -> {
			String key = key(browser, state);
			return this.redis.ask((redis) -> redis.getdel(key))
				.flatMap((sealed) -> Mono.justOrEmpty(read(key, sealed)));
		});
	}

	private Optional<OAuth2AuthorizationRequest> read(String key, byte[] sealed) {
		try {
			return this.keys.open(key, sealed).map((content) -> json.readValue(content, Document.class).request());
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private String key(String browser, String state) {
		return this.redis.key("p", SessionName.of(browser + " " + state));
	}

	/** The request as JSON: everything about it is a text. */
	private record Document(String authorizationUri, String clientId, @Nullable String redirectUri, Set<String> scopes,
			@Nullable String state, Map<String, String> parameters, Map<String, String> attributes,
			String authorizationRequestUri) {

		static Document of(OAuth2AuthorizationRequest request) {
			return new Document(request.getAuthorizationUri(), request.getClientId(), request.getRedirectUri(),
					request.getScopes(), request.getState(), texts(request.getAdditionalParameters()),
					texts(request.getAttributes()), request.getAuthorizationRequestUri());
		}

		private static Map<String, String> texts(Map<String, Object> values) {
			Map<String, String> texts = new LinkedHashMap<>();
			values.forEach((name, value) -> texts.put(name, value.toString()));
			return texts;
		}

		OAuth2AuthorizationRequest request() {
			return OAuth2AuthorizationRequest.authorizationCode()
				.authorizationUri(this.authorizationUri)
				.clientId(this.clientId)
				.redirectUri(this.redirectUri)
				.scopes(this.scopes)
				.state(this.state)
				.additionalParameters(Map.copyOf(this.parameters))
				.attributes((all) -> all.putAll(this.attributes))
				.authorizationRequestUri(this.authorizationRequestUri)
				.build();
		}

	}

}
