package dev.pergola.manifests;

import java.util.Optional;

/** One end of a range. */
record Bound(Kind kind, Version version) {

	enum Kind {

		AT_LEAST, ABOVE, BELOW, AT_MOST

	}

	boolean allows(Version candidate) {
		int order = candidate.compareTo(this.version);
		return switch (this.kind) {
			case AT_LEAST -> order >= 0;
			case ABOVE -> order > 0;
			case BELOW -> order < 0;
			case AT_MOST -> order <= 0;
		};
	}

	/** Whether it speaks of a pre-release of the same version. */
	boolean names(Version preRelease) {
		return this.version.isPreRelease() && this.version.major() == preRelease.major()
				&& this.version.minor() == preRelease.minor() && this.version.patch() == preRelease.patch();
	}

	/** The lowest version a lower bound allows. */
	Optional<Version> lowest() {
		return switch (this.kind) {
			case AT_LEAST -> Optional.of(this.version);
			case ABOVE -> Optional.of(Version.of(this.version.major(), this.version.minor(),
					this.version.patch() + (this.version.isPreRelease() ? 0 : 1)));
			case BELOW, AT_MOST -> Optional.empty();
		};
	}

}
