package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.store.ProviderLogout;
import dev.pergola.session.store.SessionName;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import io.lettuce.core.Range;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.server.WebSession;

/**
 * Sessions in Redis, each a hash: {@code d} the document, {@code v} its version,
 * {@code a} when it was last used, {@code x} when it ends in any case, {@code i} the
 * index it is in.
 */
public final class RedisSessionStore implements SessionStore {

	private static final int ID_BYTES = 32;

	private static final SecureRandom random = new SecureRandom();

	private final RedisLink redis;

	private final SessionCodec codec;

	private final NearCache near;

	private final SessionProperties.Lifetime lifetime;

	private final Duration lastUse;

	private final Clock clock;

	RedisSessionStore(RedisLink redis, SessionCodec codec, NearCache near, SessionProperties.Lifetime lifetime,
			Duration lastUse, Clock clock) {
		this.redis = redis;
		this.codec = codec;
		this.near = near;
		this.lifetime = lifetime;
		this.lastUse = lastUse;
		this.clock = clock;
	}

	@Override
	public Mono<WebSession> createWebSession() {
		return Mono.fromSupplier(() -> new RedisSession(this, newId(), now(), this.lifetime.idle()));
	}

	@Override
	public Mono<WebSession> retrieveSession(String id) {
		String name = this.near.name(id);
		if (name == null) {
			return Mono.empty();
		}
		return this.near.get(name).doOnNext((session) -> use(name, session, now())).flatMap(this::open);
	}

	@Override
	public Mono<WebSession> current(String id) {
		String name = this.near.name(id);
		return (name != null) ? this.near.get(name).flatMap(this::open) : Mono.empty();
	}

	@Override
	public Mono<WebSession> latest(String id) {
		String name = this.near.name(id);
		return (name != null) ? this.near.read(name).flatMap(this::open) : Mono.empty();
	}

	@Override
	public Flux<WebSession> find(ProviderLogout logout) {
		String subject = logout.subject();
		String providerSession = logout.providerSession();
		String index = (providerSession != null) ? providerSessionKey(logout.issuer(), providerSession)
				: subjectKey(logout.issuer(), String.valueOf(subject));
		Range<Long> alive = Range.from(Range.Boundary.including(now().toEpochMilli()), Range.Boundary.unbounded());
		return this.redis.ask((redis) -> redis.zrangebyscore(index, alive))
			.flatMapIterable((names) -> names)
			.flatMap((name) -> this.near.read(new String(name, StandardCharsets.US_ASCII)))
			.flatMap(this::open)
			.filter((session) -> SignedIn.find(session).filter(logout::means).isPresent());
	}

	@Override
	public Mono<Void> removeSession(String id) {
		return Mono.defer(() -> {
			String name = SessionName.of(id);
			this.near.end(name);
			return this.redis
				.run(Script.REMOVE, new String[] { this.near.key(name) }, name, this.redis.channel(),
						News.message(News.Kind.ENDED, name))
				.doOnError((ex) -> this.near.forget(name))
				.then();
		});
	}

	@Override
	public Mono<WebSession> updateLastAccessTime(WebSession session) {
		return Mono.fromRunnable(() -> use(SessionName.of(session.getId()))).thenReturn(session);
	}

	/** Writes that a session was used, if that was not written lately. */
	void use(String name, NearSession session, Instant now) {
		if (session.content != null && session.use(now.toEpochMilli(), this.lastUse.toMillis())) {
			use(name);
		}
	}

	private void use(String name) {
		// Nobody waits for it: a request must not depend on it.
		this.redis
			.run(Script.USE, new String[] { this.near.key(name) }, now().toEpochMilli(),
					this.lifetime.idle().toMillis())
			.onErrorComplete()
			.subscribe();
	}

	Mono<Void> create(RedisSession session) {
		return Mono.defer(() -> {
			SessionContent content = session.content();
			String name = SessionName.of(content.id());
			long now = now().toEpochMilli();
			SignedIn signedIn = SignedIn.find(session).orElse(null);
			Instant from = (signedIn != null) ? signedIn.at() : content.createdAt();
			long end = from.plus(this.lifetime.absolute()).toEpochMilli();
			List<String> keys = new ArrayList<>(List.of(this.near.key(name)));
			if (signedIn != null) {
				keys.add(subjectKey(signedIn.issuer(), signedIn.subject()));
				if (signedIn.providerSession() != null) {
					keys.add(providerSessionKey(signedIn.issuer(), signedIn.providerSession()));
				}
			}
			byte[] document = this.codec.write(name, content.id(), content.createdAt(), content.attributes());
			long ttl = Math.max(1, Math.min(this.lifetime.idle().toMillis(), end - now));
			return this.redis.run(Script.CREATE, keys.toArray(String[]::new), document, now, end, ttl, name)
				.flatMap((version) -> kept(session, name, content, version));
		});
	}

	Mono<Void> update(RedisSession session) {
		return Mono.defer(() -> {
			SessionContent content = session.content();
			String name = SessionName.of(content.id());
			byte[] document = this.codec.write(name, content.id(), content.createdAt(), content.attributes());
			return this.redis
				.run(Script.UPDATE, new String[] { this.near.key(name) }, session.version(), document,
						this.redis.channel(), News.message(News.Kind.CHANGED, name))
				.flatMap((version) -> kept(session, name, content, version));
		});
	}

	private Mono<Void> kept(RedisSession session, String name, SessionContent content, long version) {
		if (version <= 0) {
			return Mono.error(
					new IllegalStateException("session: over or changed by somebody else (expected: as it was read)"));
		}
		session.kept(content, version);
		this.near.put(name, NearSession.live(version, content, System.nanoTime(), now().toEpochMilli()));
		return Mono.empty();
	}

	private Mono<WebSession> open(NearSession session) {
		SessionContent content = session.content;
		return (content == null || isOver(session, now())) ? Mono.empty()
				: Mono.just(new RedisSession(this, content, session.version, this.lifetime.idle()));
	}

	boolean isOver(NearSession session, Instant now) {
		return session.ready != null && session.ready.at().plus(this.lifetime.absolute()).isBefore(now);
	}

	Instant now() {
		return Instant.now(this.clock);
	}

	String newId() {
		byte[] bytes = new byte[ID_BYTES];
		random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private String subjectKey(String issuer, String subject) {
		return this.redis.key("i", SessionName.of("sub " + issuer + " " + subject));
	}

	private String providerSessionKey(String issuer, String providerSession) {
		return this.redis.key("i", SessionName.of("sid " + issuer + " " + providerSession));
	}

}
