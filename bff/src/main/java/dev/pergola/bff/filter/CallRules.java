package dev.pergola.bff.filter;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What calls of one module's service may be, where an administrator says so.
 *
 * @param methods Methods it may be called with, all of {@link #METHODS} when empty.
 * @param maxBody Size of the body of a request, below that of all modules.
 * @param maxAnswer Size of an answer that is no stream, in the place of that of all
 * modules.
 */
public record CallRules(@DefaultValue Set<String> methods, @Nullable DataSize maxBody, @Nullable DataSize maxAnswer) {

	/** Methods a service can be called with. */
	public static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

	/** Rules that say nothing of their own. */
	public static final CallRules USUAL = new CallRules(METHODS, null, null);

	public CallRules {
		if (!METHODS.containsAll(methods)) {
			throw new IllegalArgumentException("methods: %s (expected: some of %s)".formatted(methods, METHODS));
		}
		methods = methods.isEmpty() ? METHODS : Set.copyOf(methods);
	}

	/**
	 * Size of an answer that is no stream.
	 * @param usual that of all modules
	 */
	public DataSize maxAnswer(DataSize usual) {
		return (this.maxAnswer != null) ? this.maxAnswer : usual;
	}

}
