package dev.pergola.bff.views;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Whole answers of views that said how long they may be kept, each for the person it was
 * made for.
 */
final class KeptAnswers {

	/** What an entry takes beside its bytes, about; an access token is most of it. */
	private static final int ENTRY_BYTES = 2500;

	private final Cache<Key, Kept> answers;

	KeptAnswers(ViewProperties properties, Ticker ticker) {
		this.answers = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.maximumWeight(properties.cache().toBytes())
			.weigher((Key key, Kept kept) -> kept.json().length + ENTRY_BYTES)
			.expireAfter(Expiry.creating((Key key, Kept kept) -> kept.time()))
			.build();
	}

	/** What is kept of a view for whoever makes the request. */
	Optional<Entry> find(ViewPlans.Match match, ViewRequest request) {
		Key key = Key.of(match, request);
		Kept kept = this.answers.getIfPresent(key);
		if (kept == null) {
			return Optional.empty();
		}
		Duration left = this.answers.policy()
			.expireVariably()
			.flatMap((policy) -> policy.getExpiresAfter(key))
			.orElse(Duration.ZERO);
		return Optional.of(new Entry(kept.json(), kept.time().minus(left)));
	}

	/** Keeps an answer for the time its view says. */
	void keep(ViewPlans.Match match, ViewRequest request, byte[] json) {
		this.answers.put(Key.of(match, request), new Kept(json, match.plan().keep()));
	}

	/**
	 * An answer that was kept.
	 *
	 * @param age time since it was made
	 */
	record Entry(byte[] json, Duration age) {

	}

	private record Kept(byte[] json, Duration time) {

	}

	/**
	 * What an answer is an answer to.
	 *
	 * @param accessToken tells the person, and what they may see
	 */
	private record Key(String accessToken, String language, String module, String version, String view,
			Map<String, String> parameters) {

		static Key of(ViewPlans.Match match, ViewRequest request) {
			return new Key(request.accessToken(), request.language(), match.plan().module(), match.version(),
					match.plan().name(), match.parameters());
		}

	}

}
