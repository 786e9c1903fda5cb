package dev.pergola.bff.files;

import dev.pergola.bff.problem.BffException;
import reactor.core.publisher.Mono;

/** Files of modules, for other parts of the bff. */
public interface ModuleFiles {

	/**
	 * Content of a file.
	 * @param path path inside the bundle, as a manifest names it
	 * @return fails with {@link BffException} when there is none, or it cannot be had
	 */
	Mono<byte[]> content(String module, String version, String path);

}
