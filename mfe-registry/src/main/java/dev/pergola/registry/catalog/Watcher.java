package dev.pergola.registry.catalog;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Mono;

/**
 * One who watches. It asks for a frame when the last one was sent, so however slow it is,
 * it holds no more than the revision it has and the frame on its way.
 */
final class Watcher {

	private static final Frame WATCHING = Frame.comment("watching");

	private static final Frame HEARTBEAT = Frame.comment("heartbeat");

	private final CatalogFeed feed;

	private final boolean changes;

	private final AtomicReference<@Nullable MonoSink<Frame>> waiting = new AtomicReference<>();

	private volatile long seen;

	private volatile boolean greeted;

	private volatile boolean ended;

	/**
	 * Creates a watcher.
	 * @param changes whether it understands changes
	 * @param seen revision it has, -1 for none
	 */
	Watcher(CatalogFeed feed, boolean changes, long seen) {
		this.feed = feed;
		this.changes = changes;
		this.seen = seen;
	}

	/**
	 * The next frame, as soon as there is one.
	 * @return empty when the stream ends; the first is a comment at once, by which the
	 * watcher learns that it is connected
	 */
	Mono<Frame> next() {
		return Mono.create((sink) -> {
			this.waiting.set(sink);
			sink.onDispose(() -> this.waiting.compareAndSet(sink, null));
			wake();
		});
	}

	boolean ended() {
		return this.ended;
	}

	/** Sends what is new, if the watcher is ready for it. */
	void wake() {
		if (this.ended) {
			MonoSink<Frame> sink = this.waiting.getAndSet(null);
			if (sink != null) {
				sink.success();
			}
		}
		else {
			offer(() -> this.greeted ? this.feed.after(this.seen, this.changes) : WATCHING);
		}
	}

	/** Keeps an idle stream open. */
	void beat() {
		offer(() -> HEARTBEAT);
	}

	/** Ends the stream after the frame on its way. */
	void end() {
		this.ended = true;
		wake();
	}

	private void offer(Supplier<@Nullable Frame> frames) {
		MonoSink<Frame> sink = this.waiting.get();
		Frame frame = (sink != null) ? frames.get() : null;
		if (sink != null && frame != null && this.waiting.compareAndSet(sink, null)) {
			this.greeted = true;
			if (frame.revision() >= 0) {
				this.seen = frame.revision();
			}
			sink.success(frame);
		}
	}

}
