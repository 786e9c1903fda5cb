package dev.pergola.samples.partnerships;

import java.util.List;

/** What was sent cannot be saved. */
class InvalidPartnershipException extends RuntimeException {

	private final transient List<PartnershipChange.Finding> findings;

	InvalidPartnershipException(List<PartnershipChange.Finding> findings) {
		super(findings.isEmpty() ? "This cannot be saved." : findings.getFirst().message());
		this.findings = List.copyOf(findings);
	}

	List<PartnershipChange.Finding> findings() {
		return this.findings;
	}

}
