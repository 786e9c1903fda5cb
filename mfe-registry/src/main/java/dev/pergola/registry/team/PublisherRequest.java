package dev.pergola.registry.team;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher should be; see {@link TeamPublisher}.
 */
record PublisherRequest(@Nullable String name, @Nullable String issuer, @Nullable String audience,
		@Nullable String subject, @Nullable Map<String, String> claims) {

	private static final int MAX_NAME = 128;

	private static final int MAX_AUDIENCE = 255;

	private static final int MAX_SUBJECT = 512;

	private static final int MAX_CLAIMS = 10;

	private static final int MAX_WILDCARDS = 8;

	/** All that is wrong. */
	List<Finding> findings(PublisherProperties properties) {
		List<Finding> findings = new ArrayList<>();
		check(isText(this.name, MAX_NAME), "/name", "must be 1 to %d printable characters".formatted(MAX_NAME),
				findings);
		check(properties.find(this.issuer).isPresent(), "/issuer",
				"is not on the operators' list pergola.registry.publishers.issuers", findings);
		check(this.audience == null || isText(this.audience, MAX_AUDIENCE), "/audience",
				"must be 1 to %d printable characters".formatted(MAX_AUDIENCE), findings);
		checkClaims(findings);
		if (this.subject == null || !isText(this.subject, MAX_SUBJECT)) {
			findings.add(Findings.at("/subject", "must be 1 to %d printable characters".formatted(MAX_SUBJECT)));
		}
		else {
			checkWildcards(new SubjectPattern(this.subject), findings);
		}
		return findings;
	}

	Map<String, String> exactClaims() {
		return (this.claims != null) ? this.claims : Map.of();
	}

	/** Everybody of a public CI system has a subject: a pattern has to say whose. */
	private void checkWildcards(SubjectPattern pattern, List<Finding> findings) {
		long wildcards = pattern.text().chars().filter((c) -> c == SubjectPattern.ANY).count();
		check(wildcards <= MAX_WILDCARDS, "/subject", "must not have more than %d wildcards".formatted(MAX_WILDCARDS),
				findings);
		check(wildcards == 0 || pattern.start().contains("/") || !exactClaims().isEmpty(), "/subject",
				"must name an owner before its first *, such as repo:example/*, or go with an exact claim", findings);
	}

	private void checkClaims(List<Finding> findings) {
		check(exactClaims().size() <= MAX_CLAIMS, "/claims", "must not be more than %d".formatted(MAX_CLAIMS),
				findings);
		exactClaims().forEach((name, value) -> check(isText(name, MAX_NAME) && isText(value, MAX_SUBJECT),
				"/claims/" + name.replace("~", "~0").replace("/", "~1"),
				"must be 1 to %d printable characters".formatted(MAX_SUBJECT), findings));
	}

	private static boolean isText(@Nullable String text, int max) {
		return text != null && !text.isBlank() && text.length() <= max
				&& text.chars().noneMatch(Character::isISOControl);
	}

	private static void check(boolean valid, String pointer, String sentence, List<Finding> findings) {
		if (!valid) {
			findings.add(Findings.at(pointer, sentence));
		}
	}

}
