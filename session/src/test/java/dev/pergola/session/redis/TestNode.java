package dev.pergola.session.redis;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.pergola.session.ClaimNames;
import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.TestRedis;
import dev.pergola.session.login.PendingLogins;
import dev.pergola.session.login.SessionUsers;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import dev.pergola.session.token.RefreshLock;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.WebSession;

/** As much of a node as keeps sessions. */
final class TestNode implements AutoCloseable {

	private static final SessionUsers users = new SessionUsers(ClaimNames.DEFAULT);

	private final RedisSessions sessions;

	final SessionStore store;

	final KnownSessions known;

	final PendingLogins logins;

	final RefreshLock lock;

	TestNode(TestRedis redis, Duration idle, Duration lastUse, String... keys) {
		SessionProperties properties = new SessionProperties(true, false, "pergola",
				URI.create("http://localhost:8080"), 100,
				new SessionProperties.Cookie("__Host-pergola", true, SessionProperties.SameSite.STRICT),
				new SessionProperties.Lifetime(idle, Duration.ofHours(12)), ClaimNames.DEFAULT,
				new SessionProperties.Login(Duration.ofMinutes(10), 5, 2, 3),
				new SessionProperties.Refresh(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(8)));
		StoreProperties place = new StoreProperties(StoreProperties.Place.REDIS, List.of(keys),
				new StoreProperties.Redis(URI.create(redis.url()), null, null, Duration.ofSeconds(2), "test:",
						lastUse));
		this.sessions = new RedisSessions(place, properties, users, Clock.systemUTC());
		this.store = this.sessions.store();
		this.known = this.sessions.known((sessionId) -> {
		});
		this.logins = this.sessions.pendingLogins();
		this.lock = this.sessions.lock();
	}

	static TestNode of(TestRedis redis) {
		return new TestNode(redis, Duration.ofHours(2), Duration.ofMinutes(1), TestRedis.KEY);
	}

	/** Signs a person in and keeps the session. */
	WebSession signIn(String subject, @Nullable String providerSession) {
		WebSession session = this.store.createWebSession().block();
		Instant now = Instant.now();
		Map<String, Object> claims = Map.of("sub", subject, "iss", "https://id.example", "iat", now, "exp",
				now.plusSeconds(600), "roles", List.of("business"), "address", Map.of("country", "DE"));
		OidcUser user = users.user(new OidcIdToken("id-token", now, now.plusSeconds(600), claims));
		session.getAttributes()
			.put(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME,
					new SecurityContextImpl(new OAuth2AuthenticationToken(user, user.getAuthorities(), "pergola")));
		signedIn(subject, providerSession, "access", now).keepIn(session);
		session.save().block();
		return session;
	}

	static SignedIn signedIn(String subject, @Nullable String providerSession, String accessToken, Instant now) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("pergola")
			.clientId("pergola")
			.clientSecret("client-secret")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("http://localhost/login")
			.authorizationUri("http://localhost:1/authorize")
			.tokenUri("http://localhost:1/token")
			.build();
		OAuth2AccessToken token = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, accessToken, now,
				now.plusSeconds(600));
		return new SignedIn(
				new OAuth2AuthorizedClient(registration, subject, token, new OAuth2RefreshToken("refresh", now)),
				"id-token", "https://id.example", subject, providerSession, now);
	}

	@Override
	public void close() {
		this.sessions.close();
	}

}
