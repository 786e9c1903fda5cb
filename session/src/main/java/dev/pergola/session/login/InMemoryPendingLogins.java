package dev.pergola.session.login;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.pergola.session.SessionProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Begun sign-ins in the memory of this process, oldest first.
 */
public class InMemoryPendingLogins implements PendingLogins {

	private final Map<Key, Pending> pending = new LinkedHashMap<>();

	private final Groups browsers = new Groups();

	private final Groups addresses = new Groups();

	private final SessionProperties.Login limits;

	private final Clock clock;

	/**
	 * Creates an empty store.
	 * @param limits number and lifetime of begun sign-ins
	 * @param clock clock that says when their time is over
	 */
	public InMemoryPendingLogins(SessionProperties.Login limits, Clock clock) {
		this.limits = limits;
		this.clock = clock;
	}

	@Override
	public Mono<Void> keep(String browser, String address, OAuth2AuthorizationRequest request) {
		return Mono
			.fromRunnable(() -> add(new Key(browser, Objects.requireNonNull(request.getState())), address, request));
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> take(String browser, String state) {
		return Mono.fromCallable(() -> take(new Key(browser, state)));
	}

	private synchronized void add(Key key, String address, OAuth2AuthorizationRequest request) {
		dropExpired();
		remove(key);
		remove(this.browsers.oldest(key.browser(), this.limits.maxPendingPerBrowser()));
		remove(this.addresses.oldest(address, this.limits.maxPendingPerAddress()));
		if (this.pending.size() >= this.limits.maxPending()) {
			remove(this.pending.keySet().iterator().next());
		}
		this.pending.put(key, new Pending(address, request, Instant.now(this.clock).plus(this.limits.timeout())));
		this.browsers.add(key.browser(), key);
		this.addresses.add(address, key);
	}

	private synchronized @Nullable OAuth2AuthorizationRequest take(Key key) {
		dropExpired();
		Pending found = remove(key);
		return (found != null) ? found.request() : null;
	}

	private void dropExpired() {
		Instant now = Instant.now(this.clock);
		while (!this.pending.isEmpty()) {
			Map.Entry<Key, Pending> oldest = this.pending.entrySet().iterator().next();
			if (!oldest.getValue().until().isBefore(now)) {
				return;
			}
			remove(oldest.getKey());
		}
	}

	private @Nullable Pending remove(@Nullable Key key) {
		if (key == null) {
			return null;
		}
		Pending removed = this.pending.remove(key);
		if (removed != null) {
			this.browsers.remove(key.browser(), key);
			this.addresses.remove(removed.address(), key);
		}
		return removed;
	}

	/** Begun sign-ins that have something in common, oldest first. */
	private static final class Groups {

		private final Map<String, Set<Key>> groups = new HashMap<>();

		void add(String name, Key key) {
			this.groups.computeIfAbsent(name, (any) -> new LinkedHashSet<>()).add(key);
		}

		void remove(String name, Key key) {
			Set<Key> group = this.groups.get(name);
			if (group != null && group.remove(key) && group.isEmpty()) {
				this.groups.remove(name);
			}
		}

		/** The oldest of a group that has its full number, otherwise none. */
		@Nullable Key oldest(String name, int max) {
			Set<Key> group = this.groups.getOrDefault(name, Set.of());
			return (group.size() >= max) ? group.iterator().next() : null;
		}

	}

	private record Key(String browser, String state) {

	}

	private record Pending(String address, OAuth2AuthorizationRequest request, Instant until) {

	}

}
