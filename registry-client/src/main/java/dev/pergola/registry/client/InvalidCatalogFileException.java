package dev.pergola.registry.client;

import java.io.IOException;
import java.nio.file.Path;

/** A kept catalog that is cut short or was changed. */
final class InvalidCatalogFileException extends IOException {

	InvalidCatalogFileException(Path file, String reason) {
		super("%s is ignored: %s".formatted(file, reason));
	}

}
