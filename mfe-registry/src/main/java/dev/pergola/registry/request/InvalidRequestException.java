package dev.pergola.registry.request;

import java.util.List;

import dev.pergola.manifests.Finding;

/**
 * A request can be read and yet must not be done; the findings say all of why.
 */
public class InvalidRequestException extends RuntimeException {

	private final transient List<Finding> findings;

	/**
	 * Creates the exception.
	 * @param message summary in one sentence
	 * @param findings everything wrong, at least one
	 */
	public InvalidRequestException(String message, List<Finding> findings) {
		super(message);
		this.findings = List.copyOf(findings);
	}

	public InvalidRequestException(String message, String pointer, String finding) {
		this(message, List.of(Findings.at(pointer, finding)));
	}

	public List<Finding> findings() {
		return this.findings;
	}

}
