package dev.pergola.registry.navigation;

import java.util.List;

import dev.pergola.registry.navigation.lint.LintFinding;

/**
 * A draft has errors that people would meet.
 */
public class NavigationRefusedException extends RuntimeException {

	private final transient List<LintFinding> findings;

	NavigationRefusedException(List<LintFinding> findings) {
		super("the navigation cannot be published so");
		this.findings = List.copyOf(findings);
	}

	/** Everything the linter found, errors first. */
	public List<LintFinding> findings() {
		return this.findings;
	}

}
