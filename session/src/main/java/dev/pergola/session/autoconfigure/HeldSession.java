package dev.pergola.session.autoconfigure;

import java.time.Clock;
import java.util.Objects;

import dev.pergola.session.AccessTokens;
import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionCheck;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.login.InMemoryPendingLogins;
import dev.pergola.session.login.LazyClientRegistrations;
import dev.pergola.session.login.LoginEnd;
import dev.pergola.session.login.LoginParametersFilter;
import dev.pergola.session.login.LoginRequests;
import dev.pergola.session.login.PendingLoginCookie;
import dev.pergola.session.login.PendingLogins;
import dev.pergola.session.login.SessionClients;
import dev.pergola.session.login.SessionUsers;
import dev.pergola.session.login.SignInEntryPoint;
import dev.pergola.session.logout.BackChannelLogout;
import dev.pergola.session.logout.InMemoryUsedTokens;
import dev.pergola.session.logout.LogoutTokens;
import dev.pergola.session.logout.SignOut;
import dev.pergola.session.logout.UsedTokens;
import dev.pergola.session.redis.StoreProperties;
import dev.pergola.session.store.InMemoryKnownSessions;
import dev.pergola.session.store.InMemorySessionStore;
import dev.pergola.session.store.Renewal;
import dev.pergola.session.store.SessionCookie;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import dev.pergola.session.store.TokenLife;
import dev.pergola.session.token.InMemoryRefreshLock;
import dev.pergola.session.token.RefreshLock;
import dev.pergola.session.token.SessionAccessTokens;
import dev.pergola.session.token.TokenEndpoint;
import dev.pergola.session.web.SessionController;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionIdResolver;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Sign-in, sessions and sign-out in this process.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pergola.session.behind-edge", havingValue = false, matchIfMissing = true)
@EnableConfigurationProperties({ OAuth2ClientProperties.class, StoreProperties.class })
class HeldSession {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnMissingBean
	ReactiveClientRegistrationRepository clientRegistrations(OAuth2ClientProperties client,
			SessionProperties properties) {
		checkProvider(client, properties.registration());
		return new LazyClientRegistrations(client, properties.publicOrigin().toString());
	}

	// The provider is asked at first use, which is too late to hear of a missing setting.
	private static void checkProvider(OAuth2ClientProperties client, String name) {
		OAuth2ClientProperties.Registration registration = client.getRegistration().get(name);
		if (registration == null) {
			throw missing("registration." + name + ".client-id", "the client people sign in with");
		}
		if (registration.getClientSecret() == null && registration.getClientAuthenticationMethod() == null) {
			throw missing("registration." + name + ".client-secret",
					"the secret of client " + registration.getClientId());
		}
		String provider = Objects.requireNonNullElse(registration.getProvider(), name);
		OAuth2ClientProperties.Provider known = client.getProvider().get(provider);
		if (known == null || (known.getIssuerUri() == null && known.getAuthorizationUri() == null)) {
			throw missing("provider." + provider + ".issuer-uri", "the OpenID Connect provider people sign in at");
		}
	}

	private static MissingSettingException missing(String setting, String what) {
		return new MissingSettingException(
				"spring.security.oauth2.client.%s: missing (expected: %s)".formatted(setting, what));
	}

	@Bean
	@ConditionalOnMissingBean
	SessionStore sessionStore(SessionProperties properties) {
		return new InMemorySessionStore(properties, this.clock);
	}

	@Bean
	@ConditionalOnMissingBean
	KnownSessions knownSessions(SessionStore store, SessionProperties properties,
			ObjectProvider<SessionAccessTokens> accessTokens) {
		return (store instanceof InMemorySessionStore memory)
				? new InMemoryKnownSessions(memory, life(properties), renewal(accessTokens)) : KnownSessions.NONE;
	}

	private TokenLife life(SessionProperties properties) {
		return new TokenLife(properties.refresh().early(), this.clock);
	}

	/** Access tokens that are somebody else's bean are theirs to renew. */
	static Renewal renewal(ObjectProvider<SessionAccessTokens> accessTokens) {
		Renewal renewal = accessTokens.getIfAvailable();
		return (renewal != null) ? renewal : (sessionId) -> {
		};
	}

	@Bean
	WebSessionIdResolver webSessionIdResolver(SessionProperties properties) {
		return new SessionCookie(properties.cookie());
	}

	@Bean
	WebSessionManager webSessionManager(SessionStore store, WebSessionIdResolver cookie) {
		DefaultWebSessionManager manager = new DefaultWebSessionManager();
		manager.setSessionStore(store);
		manager.setSessionIdResolver(cookie);
		return manager;
	}

	@Bean
	@ConditionalOnMissingBean
	PendingLogins pendingLogins(SessionProperties properties) {
		return new InMemoryPendingLogins(properties.login(), this.clock);
	}

	@Bean
	ServerOAuth2AuthorizedClientRepository sessionClients() {
		return new SessionClients(this.clock);
	}

	@Bean
	SessionUsers sessionUsers(SessionProperties properties) {
		return new SessionUsers(properties.claims());
	}

	@Bean
	@ConditionalOnMissingBean
	RefreshLock refreshLock() {
		return new InMemoryRefreshLock();
	}

	@Bean
	SessionEnds sessionEnds() {
		return new SessionEnds();
	}

	@Bean
	TokenEndpoint tokenEndpoint(ReactiveClientRegistrationRepository registrations, SessionProperties properties) {
		return new TokenEndpoint(registrations, WebClient.create(), properties.refresh().timeout());
	}

	@Bean
	@ConditionalOnMissingBean
	UsedTokens usedTokens() {
		return new InMemoryUsedTokens(this.clock);
	}

	@Bean
	@ConditionalOnMissingBean(AccessTokens.class)
	SessionAccessTokens accessTokens(SessionStore store, SessionEnds ends, RefreshLock lock, TokenEndpoint endpoint,
			SessionProperties properties) {
		return new SessionAccessTokens(store, ends, lock, endpoint, life(properties), properties.refresh().maxWait());
	}

	/** Where access tokens come from somewhere else, which renews them itself. */
	@Bean
	@ConditionalOnMissingBean
	SessionCheck sessionCheck(SessionStore store) {
		return (sessionId) -> store.current(sessionId)
			.map((session) -> SignedIn.find(session).isPresent())
			.defaultIfEmpty(false);
	}

	@Bean
	SessionController sessionController(SessionProperties properties, SessionStore store, SessionEnds ends,
			TokenEndpoint endpoint, ReactiveClientRegistrationRepository registrations, UsedTokens used) {
		SignOut signOut = new SignOut(properties, store, ends, endpoint);
		return new SessionController(properties.lifetime(), this.clock, signOut,
				new BackChannelLogout(registrations, new LogoutTokens(used, this.clock), store, signOut));
	}

	@Bean
	@Order(SessionSecurity.PAGES_ORDER)
	SecurityWebFilterChain sessionPages(ServerHttpSecurity http, SessionProperties properties, PendingLogins logins,
			ReactiveClientRegistrationRepository registrations) {
		LoginEnd end = new LoginEnd();
		return SessionSecurity.base(http)
			.authorizeExchange(SessionSecurity::pages)
			.addFilterBefore(new LoginParametersFilter(), SecurityWebFiltersOrder.HTTP_BASIC)
			.oauth2Login((login) -> login
				.authenticationMatcher(
						new PathPatternParserServerWebExchangeMatcher("/login/oauth2/code/{registrationId}"))
				.authorizationRequestRepository(new PendingLoginCookie(logins, properties))
				.authorizationRequestResolver(new LoginRequests(registrations))
				.authenticationSuccessHandler(end)
				.authenticationFailureHandler(end))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(new SignInEntryPoint(properties))
				.accessDeniedHandler(SessionSecurity.FORBIDDEN))
			.build();
	}

}
