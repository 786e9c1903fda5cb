package dev.pergola.session.autoconfigure;

import java.time.Clock;

import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.login.PendingLogins;
import dev.pergola.session.login.SessionUsers;
import dev.pergola.session.logout.UsedTokens;
import dev.pergola.session.redis.RedisSessions;
import dev.pergola.session.redis.StoreProperties;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.token.RefreshLock;
import dev.pergola.session.token.SessionAccessTokens;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sessions in Redis, for several nodes: the beans that would be in memory otherwise.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pergola.session.store", havingValue = "redis")
@ConditionalOnBooleanProperty(name = "pergola.session.behind-edge", havingValue = false, matchIfMissing = true)
@EnableConfigurationProperties(StoreProperties.class)
class RedisSession {

	@Bean(destroyMethod = "close")
	RedisSessions redisSessions(StoreProperties place, SessionProperties properties, SessionUsers users,
			SessionEnds ends) {
		if (place.keys().isEmpty()) {
			throw new MissingSettingException("pergola.session.keys: missing (expected: at least one key of 32 random"
					+ " bytes in base 64, as openssl rand -base64 32 prints it; the same on every node)");
		}
		RedisSessions sessions = new RedisSessions(place, properties, users, Clock.systemUTC());
		sessions.tell(ends);
		return sessions;
	}

	@Bean
	SessionStore sessionStore(RedisSessions sessions) {
		return sessions.store();
	}

	@Bean
	KnownSessions knownSessions(RedisSessions sessions, ObjectProvider<SessionAccessTokens> accessTokens) {
		return sessions.known(HeldSession.renewal(accessTokens));
	}

	@Bean
	RefreshLock refreshLock(RedisSessions sessions) {
		return sessions.lock();
	}

	@Bean
	PendingLogins pendingLogins(RedisSessions sessions) {
		return sessions.pendingLogins();
	}

	@Bean
	UsedTokens usedTokens(RedisSessions sessions) {
		return sessions.usedTokens();
	}

}
