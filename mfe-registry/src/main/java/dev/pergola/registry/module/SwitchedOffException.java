package dev.pergola.registry.module;

/**
 * A team tried to switch on what an administrator switched off.
 */
public class SwitchedOffException extends RuntimeException {

	public SwitchedOffException(String module) {
		super("module %s was switched off by an administrator, who alone can switch it on".formatted(module));
	}

}
