package dev.pergola.session.login;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.pergola.session.ProviderUnavailableException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;

/**
 * Client registrations that ask the provider for its addresses at first use, so that the
 * portal starts while the provider is still away. Errors are not kept.
 */
public class LazyClientRegistrations implements ReactiveClientRegistrationRepository {

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private static final String REDIRECT_URI = "{baseUrl}/login/oauth2/code/{registrationId}";

	private final OAuth2ClientProperties properties;

	private final String publicOrigin;

	private final Map<String, Mono<ClientRegistration>> found = new ConcurrentHashMap<>();

	/**
	 * Creates the repository without asking any provider.
	 * @param properties registrations and providers
	 * @param publicOrigin origin that stands for {@code {baseUrl}} in redirect addresses
	 */
	public LazyClientRegistrations(OAuth2ClientProperties properties, String publicOrigin) {
		this.properties = properties;
		this.publicOrigin = publicOrigin;
	}

	@Override
	public Mono<ClientRegistration> findByRegistrationId(String registrationId) {
		if (!this.properties.getRegistration().containsKey(registrationId)) {
			return Mono.empty();
		}
		return this.found.computeIfAbsent(registrationId, this::discover);
	}

	private Mono<ClientRegistration> discover(String registrationId) {
		// Discovery is a blocking call.
		return Mono.fromCallable(() -> read(registrationId))
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorMap((ex) -> new ProviderUnavailableException("The sign-in service cannot be reached.", ex))
			.cache((registration) -> FOREVER, (ex) -> Duration.ZERO, () -> Duration.ZERO);
	}

	private ClientRegistration read(String registrationId) {
		OAuth2ClientProperties one = new OAuth2ClientProperties();
		one.getRegistration().put(registrationId, this.properties.getRegistration().get(registrationId));
		one.getProvider().putAll(this.properties.getProvider());
		ClientRegistration registration = Objects
			.requireNonNull(new OAuth2ClientPropertiesMapper(one).asClientRegistrations().get(registrationId));
		String redirectUri = Objects.requireNonNullElse(registration.getRedirectUri(), REDIRECT_URI);
		// The Host header of a request must not decide where a code is sent.
		return ClientRegistration.withClientRegistration(registration)
			.redirectUri(redirectUri.replace("{baseUrl}", this.publicOrigin))
			.build();
	}

}
