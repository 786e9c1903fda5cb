package dev.pergola.registry.publish;

import java.util.function.Predicate;

/**
 * Reads licence expressions (SPDX, Annex D): names joined by {@code AND}, {@code OR},
 * {@code WITH} and brackets.
 */
final class LicenceExpression {

	private static final int MAX_LENGTH = 256;

	private final String[] words;

	private final Predicate<String> allowed;

	private int position;

	private LicenceExpression(String[] words, Predicate<String> allowed) {
		this.words = words;
		this.allowed = allowed;
	}

	/** Whether some choice the expression leaves is allowed; false when it is none. */
	static boolean isMet(String text, Predicate<String> allowed) {
		if (text.length() > MAX_LENGTH) {
			return false;
		}
		String[] words = text.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+", -1);
		LicenceExpression expression = new LicenceExpression(words, allowed);
		return expression.any() && expression.position == words.length;
	}

	private boolean any() {
		boolean met = all();
		while (takes("OR")) {
			met |= all();
		}
		return met;
	}

	private boolean all() {
		boolean met = one();
		while (takes("AND")) {
			met &= one();
		}
		return met;
	}

	private boolean one() {
		if (takes("(")) {
			boolean met = any();
			return takes(")") && met;
		}
		if (this.position >= this.words.length) {
			// Past the end for good: an expression that breaks off is none.
			this.position = this.words.length + 1;
			return false;
		}
		String name = this.words[this.position++];
		if (takes("WITH") && this.position < this.words.length) {
			name += " WITH " + this.words[this.position++];
		}
		return this.allowed.test(name);
	}

	private boolean takes(String word) {
		boolean next = this.position < this.words.length && this.words[this.position].equals(word);
		this.position += next ? 1 : 0;
		return next;
	}

}
