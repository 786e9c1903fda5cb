package dev.pergola.registry.publish;

import java.util.List;

import dev.pergola.manifests.Finding;

/**
 * A bundle cannot become a version; the findings say all of why.
 */
public class PublishRefusedException extends RuntimeException {

	private final transient List<Finding> findings;

	public PublishRefusedException(String target, List<Finding> findings) {
		super("%s cannot be published: %d %s".formatted(target, findings.size(),
				(findings.size() == 1) ? "finding" : "findings"));
		this.findings = List.copyOf(findings);
	}

	public List<Finding> findings() {
		return this.findings;
	}

}
