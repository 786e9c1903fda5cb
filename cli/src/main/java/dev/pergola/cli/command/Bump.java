package dev.pergola.cli.command;

import java.util.List;

import dev.pergola.manifests.Version;

/** Which number of a version grows. */
enum Bump {

	PATCH, MINOR, MAJOR;

	/** The next version after a pre-release is its release, unless more has to grow. */
	Version after(Version version) {
		boolean isBefore = version.isPreRelease();
		return switch (this) {
			case PATCH -> release(version.major(), version.minor(), version.patch() + (isBefore ? 0 : 1));
			case MINOR -> release(version.major(), version.minor() + ((isBefore && version.patch() == 0) ? 0 : 1), 0);
			case MAJOR ->
				release(version.major() + ((isBefore && version.minor() == 0 && version.patch() == 0) ? 0 : 1), 0, 0);
		};
	}

	private static Version release(int major, int minor, int patch) {
		return new Version(major, minor, patch, List.of(), List.of());
	}

}
