package dev.pergola.registry.publish;

/**
 * A version was published before with other content.
 */
public class VersionExistsException extends RuntimeException {

	public VersionExistsException(String module, String version) {
		super("module %s already has version %s with other content".formatted(module, version));
	}

}
