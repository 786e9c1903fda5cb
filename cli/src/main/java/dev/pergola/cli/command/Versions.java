package dev.pergola.cli.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import dev.pergola.cli.registry.Answer;
import dev.pergola.manifests.Version;

/** Published versions of a module, as the registry tells them. */
final class Versions {

	private Versions() {
	}

	/** In the order of SemVer, lowest first. */
	static List<Version> of(Answer module) {
		return StreamSupport.stream(module.body().path("versions").spliterator(), false)
			.map((version) -> version.path("version").asString(""))
			.filter(Version::isValid)
			.map(Version::parse)
			.sorted()
			.toList();
	}

	static Optional<Version> highest(Answer module) {
		return of(module).stream().max(Comparator.naturalOrder());
	}

}
