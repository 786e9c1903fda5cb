package dev.pergola.session.login;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.pergola.session.SessionProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Begun sign-ins in the memory of this process, oldest first.
 */
public class InMemoryPendingLogins implements PendingLogins {

	private final Map<Key, Pending> pending = new LinkedHashMap<>();

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
	public Mono<Void> keep(String browser, OAuth2AuthorizationRequest request) {
		return Mono.fromRunnable(() -> add(new Key(browser, Objects.requireNonNull(request.getState())), request));
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> take(String browser, String state) {
		return Mono.fromCallable(() -> remove(new Key(browser, state)));
	}

	private synchronized void add(Key key, OAuth2AuthorizationRequest request) {
		dropExpired();
		Deque<Key> ofBrowser = new ArrayDeque<>(
				this.pending.keySet().stream().filter((other) -> other.browser().equals(key.browser())).toList());
		while (ofBrowser.size() >= this.limits.maxPendingPerBrowser()) {
			this.pending.remove(ofBrowser.removeFirst());
		}
		if (this.pending.size() >= this.limits.maxPending()) {
			this.pending.remove(this.pending.keySet().iterator().next());
		}
		this.pending.put(key, new Pending(request, Instant.now(this.clock).plus(this.limits.timeout())));
	}

	private synchronized @Nullable OAuth2AuthorizationRequest remove(Key key) {
		dropExpired();
		Pending found = this.pending.remove(key);
		return (found != null) ? found.request() : null;
	}

	private void dropExpired() {
		Instant now = Instant.now(this.clock);
		Iterator<Pending> oldestFirst = this.pending.values().iterator();
		while (oldestFirst.hasNext() && oldestFirst.next().until().isBefore(now)) {
			oldestFirst.remove();
		}
	}

	private record Key(String browser, String state) {

	}

	private record Pending(OAuth2AuthorizationRequest request, Instant until) {

	}

}
