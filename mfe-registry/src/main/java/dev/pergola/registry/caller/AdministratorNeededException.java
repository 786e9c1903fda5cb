package dev.pergola.registry.caller;

/**
 * Somebody tried what is for administrators only.
 */
public class AdministratorNeededException extends RuntimeException {

	public AdministratorNeededException(String what) {
		super("%s needs an administrator".formatted(what));
	}

}
