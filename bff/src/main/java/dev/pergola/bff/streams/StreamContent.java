package dev.pergola.bff.streams;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What a stream says.
 *
 * @param <T> what it makes its frames of
 */
public interface StreamContent<T> {

	/** What it says, in order; the stream ends as this does. */
	Flux<T> items();

	/**
	 * The frame of an item, as {@link SseFrames} makes it. Asked for once and in order,
	 * right before the frame goes: one that was asked for is one that was said.
	 */
	byte[] frame(T item);

	/**
	 * Whether another item follows the last one at once, as far as is known: what is
	 * there together is sent together.
	 */
	default boolean hasMore() {
		return false;
	}

	/**
	 * The frame that says that the session is over, {@code null} for none.
	 */
	default byte @Nullable [] signedOut() {
		return null;
	}

	/** Frames that are made already. */
	static StreamContent<byte[]> of(Flux<byte[]> frames) {
		return new StreamContent<>() {

			@Override
			public Flux<byte[]> items() {
				return frames;
			}

			@Override
			public byte[] frame(byte[] item) {
				return item;
			}

		};
	}

}
