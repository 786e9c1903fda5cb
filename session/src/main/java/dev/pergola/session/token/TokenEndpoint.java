package dev.pergola.session.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriUtils;

/**
 * The provider's endpoints for tokens a session already has.
 */
public class TokenEndpoint {

	private static final Log log = LogFactory.getLog(TokenEndpoint.class);

	private final WebClientReactiveRefreshTokenTokenResponseClient refresh = new WebClientReactiveRefreshTokenTokenResponseClient();

	private final ReactiveClientRegistrationRepository registrations;

	private final WebClient client;

	private final Duration timeout;

	/**
	 * Creates the client.
	 * @param registrations client registrations, as they are today
	 * @param client HTTP client
	 * @param timeout time the provider has to answer
	 */
	public TokenEndpoint(ReactiveClientRegistrationRepository registrations, WebClient client, Duration timeout) {
		this.registrations = registrations;
		this.client = client;
		this.timeout = timeout;
		this.refresh.setWebClient(client);
	}

	/**
	 * The client registration of a session by its name: a session may be older than the
	 * client's secret.
	 * @param tokens tokens of a session
	 * @return the registration; {@link dev.pergola.session.ProviderUnavailableException}
	 * when the provider has to be asked and does not answer
	 */
	public Mono<ClientRegistration> registration(OAuth2AuthorizedClient tokens) {
		return this.registrations.findByRegistrationId(tokens.getClientRegistration().getRegistrationId());
	}

	Mono<OAuth2AccessTokenResponse> refresh(OAuth2AuthorizedClient tokens, OAuth2RefreshToken refreshToken) {
		return registration(tokens)
			.flatMap((registration) -> this.refresh.getTokenResponse(
					new OAuth2RefreshTokenGrantRequest(registration, tokens.getAccessToken(), refreshToken)))
			.timeout(this.timeout);
	}

	/**
	 * Revokes the refresh token, and with it what the provider made of it (RFC 7009).
	 * Best effort: signing out works without the provider.
	 * @param tokens tokens of a session
	 * @return completes when the provider answered, refused or took too long
	 */
	public Mono<Void> revoke(OAuth2AuthorizedClient tokens) {
		OAuth2RefreshToken refreshToken = tokens.getRefreshToken();
		if (refreshToken == null) {
			return Mono.empty();
		}
		return registration(tokens).flatMap((registration) -> revoke(registration, refreshToken))
			.timeout(this.timeout)
			.doOnError((ex) -> log.warn("Refresh token not revoked: " + ex.getClass().getSimpleName()))
			.onErrorComplete();
	}

	private Mono<Void> revoke(ClientRegistration registration, OAuth2RefreshToken refreshToken) {
		@Nullable Object endpoint = registration.getProviderDetails().getConfigurationMetadata().get("revocation_endpoint");
		if (endpoint == null) {
			return Mono.empty();
		}
		BodyInserters.FormInserter<String> form = BodyInserters.fromFormData("token", refreshToken.getTokenValue())
			.with("token_type_hint", "refresh_token");
		boolean basic = ClientAuthenticationMethod.CLIENT_SECRET_BASIC
			.equals(registration.getClientAuthenticationMethod());
		if (!basic) {
			form.with("client_id", registration.getClientId()).with("client_secret", registration.getClientSecret());
		}
		return this.client.post().uri(URI.create(endpoint.toString())).headers((headers) -> {
			if (basic) {
				headers.setBasicAuth(encode(registration.getClientId()), encode(registration.getClientSecret()));
			}
		}).contentType(MediaType.APPLICATION_FORM_URLENCODED).body(form).retrieve().toBodilessEntity().then();
	}

	// RFC 6749, section 2.3.1: both parts are form-encoded first.
	private static String encode(String value) {
		return UriUtils.encode(value, StandardCharsets.UTF_8);
	}

}
