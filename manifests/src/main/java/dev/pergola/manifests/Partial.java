package dev.pergola.manifests;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A version whose last numbers may be left open; -1 stands for one that is.
 */
record Partial(int major, int minor, int patch, List<String> preRelease) {

	static Partial parse(String text) {
		String plain = text.split("\\+", 2)[0];
		int dash = plain.indexOf('-');
		String[] numbers = ((dash < 0) ? plain : plain.substring(0, dash)).split("\\.");
		int major = number(numbers, 0);
		int minor = (major < 0) ? -1 : number(numbers, 1);
		int patch = (minor < 0) ? -1 : number(numbers, 2);
		if (dash >= 0 && patch >= 0) {
			return new Partial(major, minor, patch, Version.parse(plain).preRelease());
		}
		if (dash >= 0) {
			throw RangeSyntax.invalid(text);
		}
		return new Partial(major, minor, patch, List.of());
	}

	private static int number(String[] numbers, int index) {
		boolean isOpen = index >= numbers.length || !Character.isDigit(numbers[index].charAt(0));
		return isOpen ? -1 : Integer.parseInt(numbers[index]);
	}

	boolean isWhole() {
		return this.patch >= 0;
	}

	Version lowest() {
		return new Version(Math.max(0, this.major), Math.max(0, this.minor), Math.max(0, this.patch), this.preRelease,
				List.of());
	}

	/** The first number above everything it stands for, {@code null} for no end. */
	@Nullable Version after() {
		if (this.major < 0) {
			return null;
		}
		if (this.minor < 0) {
			return Version.of(this.major + 1, 0, 0);
		}
		return (this.patch < 0) ? Version.of(this.major, this.minor + 1, 0)
				: Version.of(this.major, this.minor, this.patch + 1);
	}

	@Nullable Version afterTilde() {
		return (this.minor < 0) ? after() : Version.of(this.major, this.minor + 1, 0);
	}

	/** Past the leftmost number that is not zero. */
	@Nullable Version afterCaret() {
		if (this.major != 0 || this.minor < 0) {
			return (this.major < 0) ? null : Version.of(this.major + 1, 0, 0);
		}
		return (this.minor > 0 || this.patch < 0) ? Version.of(0, this.minor + 1, 0) : Version.of(0, 0, this.patch + 1);
	}

}
