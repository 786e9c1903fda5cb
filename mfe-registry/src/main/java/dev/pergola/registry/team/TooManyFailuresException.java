package dev.pergola.registry.team;

import org.springframework.security.core.AuthenticationException;

/**
 * An address used wrong team tokens too often.
 */
public class TooManyFailuresException extends AuthenticationException {

	public TooManyFailuresException() {
		super("too many wrong tokens from this address");
	}

}
