package dev.pergola.registry.testing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.bundle.ContentHash;

import org.springframework.core.io.Resource;

/**
 * A store of content that a test can hold up. Each hook is called once, before the first
 * call it belongs to, on the thread that makes it.
 */
public final class HookedStore implements BundleStore {

	private static final Runnable NOTHING = () -> {
	};

	private final BundleStore store;

	private volatile Runnable beforePut = NOTHING;

	private volatile Runnable beforeVisit = NOTHING;

	private volatile Runnable beforeRemove = NOTHING;

	public HookedStore(BundleStore store) {
		this.store = store;
	}

	public void beforePut(Runnable hook) {
		this.beforePut = hook;
	}

	/** Called when the sweep has begun, before it sees the first content. */
	public void beforeVisit(Runnable hook) {
		this.beforeVisit = hook;
	}

	public void beforeRemove(Runnable hook) {
		this.beforeRemove = hook;
	}

	@Override
	public void put(ContentHash hash, Path file) {
		Runnable hook = this.beforePut;
		this.beforePut = NOTHING;
		hook.run();
		this.store.put(hash, file);
	}

	@Override
	public Resource get(ContentHash hash) {
		return this.store.get(hash);
	}

	@Override
	public void forEach(Instant storedBefore, Consumer<ContentHash> visitor) {
		Runnable hook = this.beforeVisit;
		this.beforeVisit = NOTHING;
		hook.run();
		this.store.forEach(storedBefore, visitor);
	}

	@Override
	public void remove(ContentHash hash) {
		Runnable hook = this.beforeRemove;
		this.beforeRemove = NOTHING;
		hook.run();
		this.store.remove(hash);
	}

}
