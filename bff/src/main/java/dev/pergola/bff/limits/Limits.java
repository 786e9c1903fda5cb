package dev.pergola.bff.limits;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.Rate;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls and refuses those that are too many. Whatever way a call goes, it is taken
 * out of the same buckets, in the memory of this process, which may be kept together with
 * those of others behind the call's back; may be asked by any thread, and keeps none
 * waiting.
 */
public final class Limits {

	private final LimitProperties properties;

	private final LongSupplier nanoTime;

	private final @Nullable RedisBuckets redis;

	private final Cache<BucketKey, Bucket> buckets;

	private final LongAdder[] refused = new LongAdder[LimitKind.values().length];

	private final Limit person;

	private final Limit tenant;

	private final Limit client;

	private final Map<String, Limit> tenants;

	private final Map<String, Limit> clients;

	private volatile Map<String, ModuleLimits> modules = Map.of();

	/**
	 * Limits nobody has used yet.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 * @param redis {@code null} where this process counts for itself
	 */
	Limits(LimitProperties properties, LongSupplier nanoTime, @Nullable RedisBuckets redis) {
		this.properties = properties;
		this.nanoTime = nanoTime;
		this.redis = redis;
		this.person = Limit.of(properties.person());
		this.tenant = Limit.of(properties.tenant());
		this.client = Limit.of(properties.client());
		this.tenants = limits(properties.tenants());
		this.clients = limits(properties.clients());
		Arrays.setAll(this.refused, (place) -> new LongAdder());
		this.buckets = Caffeine.newBuilder()
			.maximumSize(properties.maxBuckets())
			.ticker(nanoTime::getAsLong)
			.expireAfter(new Kept())
			// The default hands a few reads at a time to another thread, which costs more
			// than what it then does.
			.executor(Runnable::run)
			.build();
	}

	private static Map<String, Limit> limits(Map<String, Rate> rates) {
		Map<String, Limit> limits = new HashMap<>();
		rates.forEach((name, rate) -> limits.put(name, Limit.of(rate)));
		return Map.copyOf(limits);
	}

	/** Takes over the modules that are live. */
	public void onCatalog(Catalog catalog) {
		Map<String, ModuleLimits> next = new HashMap<>();
		for (CatalogModule module : catalog.modules()) {
			next.put(module.module(), ModuleLimits.of(module, this.properties));
		}
		this.modules = Map.copyOf(next);
	}

	/**
	 * Takes a call out of all buckets it counts for, or of none.
	 * @param module whose service is to be called; {@code null} for none, and what is no
	 * module's name counts as none
	 * @throws BffException when one of them is empty: {@link Failure#TOO_MANY_CALLS}
	 */
	public Allowance take(Party party, @Nullable String module) {
		if (!this.properties.enabled()) {
			return Allowance.UNLIMITED;
		}
		Allowance allowance = new Allowance(this.nanoTime.getAsLong());
		take(allowance, LimitKind.PERSON, party.person(), "", this.person);
		if (module != null) {
			takeOfModule(allowance, party, module);
		}
		if (party.tenant() != null) {
			take(allowance, LimitKind.TENANT, party.tenant(), "",
					this.tenants.getOrDefault(party.tenant(), this.tenant));
		}
		if (party.client() != null) {
			take(allowance, LimitKind.CLIENT, party.client(), "",
					this.clients.getOrDefault(party.client(), this.client));
		}
		return allowance;
	}

	/**
	 * Takes a call that a request makes beside what it was counted for out of the buckets
	 * of the module it goes to, or of none.
	 * @param module whose service is to be called
	 * @throws BffException when one of them is empty: {@link Failure#TOO_MANY_CALLS}
	 */
	public void takeFurther(Party party, String module) {
		if (this.properties.enabled()) {
			takeOfModule(new Allowance(this.nanoTime.getAsLong()), party, module);
		}
	}

	private void takeOfModule(Allowance allowance, Party party, String module) {
		ModuleLimits limits = this.modules.get(module);
		if (limits == null) {
			return;
		}
		take(allowance, LimitKind.PERSON_MODULE, party.person(), module, limits.person());
		if (limits.all() != null) {
			take(allowance, LimitKind.MODULE, "", module, limits.all());
		}
	}

	private void take(Allowance allowance, LimitKind kind, String name, String module, Limit limit) {
		Limit given = (this.redis != null) ? limit.share(this.redis.part()) : limit;
		Bucket bucket = this.buckets.get(new BucketKey(kind, name, module), (key) -> create(key, given, allowance));
		long wait = allowance.take(kind, bucket, given);
		if (wait > 0) {
			this.refused[kind.ordinal()].increment();
			throw refusal(allowance, kind, given, wait);
		}
	}

	private Bucket create(BucketKey key, Limit limit, Allowance allowance) {
		return new Bucket(limit, allowance.now(), (this.redis != null) ? this.redis.share(key) : null);
	}

	private static BffException refusal(Allowance allowance, LimitKind kind, Limit limit, long wait) {
		String whose = switch (kind) {
			case PERSON -> "by one person";
			case PERSON_MODULE -> "by one person to this module";
			case TENANT -> "by one tenant";
			case MODULE -> "to this module";
			case CLIENT -> "by one program";
		};
		int seconds = (int) Limit.seconds(wait);
		return new BffException(Failure.TOO_MANY_CALLS, "Too many calls %s (allowed: %s).".formatted(whose, limit),
				Map.of("limit", kind.label(), "retryAfter", seconds), null)
			.withHeaders(allowance.headers());
	}

	/** Calls that were refused. */
	long refused(LimitKind kind) {
		return this.refused[kind.ordinal()].sum();
	}

	/** Whether this process counts for itself although it is to count with others. */
	boolean isAlone() {
		return this.redis != null && this.redis.isAway();
	}

	/** Buckets in memory, about. */
	long size() {
		return this.buckets.estimatedSize();
	}

	/** A bucket that has been full for a while is one that never was. */
	private static final class Kept implements Expiry<BucketKey, Bucket> {

		private static final long WHILE = TimeUnit.MINUTES.toNanos(1);

		@Override
		public long expireAfterCreate(BucketKey key, Bucket bucket, long now) {
			return WHILE + 2 * bucket.limit().nanos();
		}

		@Override
		public long expireAfterUpdate(BucketKey key, Bucket bucket, long now, long left) {
			return expireAfterCreate(key, bucket, now);
		}

		@Override
		public long expireAfterRead(BucketKey key, Bucket bucket, long now, long left) {
			return expireAfterCreate(key, bucket, now);
		}

	}

}
