package dev.pergola.bff.agents;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Goes through many things again and again, a part at a time: to look at thousands at
 * once would hold up what they have to say. Not for use by several threads.
 *
 * @param <T> what is looked at
 */
final class Round<T> {

	private final Collection<T> all;

	private final int steps;

	private Iterator<T> left = Collections.emptyIterator();

	private int share;

	private int step;

	/**
	 * A round that has not begun.
	 * @param all may change at any time
	 * @param steps number of parts
	 */
	Round(Collection<T> all, int steps) {
		this.all = all;
		this.steps = steps;
	}

	/**
	 * Looks at the next part. What has come since the round began may have to wait for
	 * the next one.
	 * @return whether it was the last part
	 */
	boolean step(Consumer<? super T> look) {
		boolean first = this.step == 0;
		this.step = (this.step + 1) % this.steps;
		if (first) {
			this.share = Math.ceilDiv(this.all.size(), this.steps);
			this.left = this.all.iterator();
		}
		for (int i = 0; i < this.share && this.left.hasNext(); i++) {
			look.accept(this.left.next());
		}
		return this.step == 0;
	}

}
