package dev.pergola.registry.team;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

@Tag("registry-7")
class SubjectPatternTests {

	@ParameterizedTest
	@CsvSource({ "repo:a/b, repo:a/b, true", "repo:a/b, repo:a/bc, false", "repo:a/b, xrepo:a/b, false",
			"repo:a/*, repo:a/, true", "repo:a/*, repo:a/b:ref:refs/heads/main, true", "repo:a/*, repo:ab, false",
			"a/*:main, a/b:main, true", "a/*:main, a/b:mainx, false", "a/*b, a/b, true", "a/b*b, a/b, false",
			"a/*x*y, a/xy, true", "a/*x*y, a/yx, false", "a/*x*x, a/x, false", "a/**, a/b, true", "a.c, abc, false",
			"'a/[b]', a/b, false", "a/*B, a/b, false", "a/*b*, a/xbx, true", "*/b, a/b, true" })
	void standsForTheWholeSubject(String pattern, String subject, boolean matches) {
		assertThat(new SubjectPattern(pattern).matches(subject)).isEqualTo(matches);
	}

	@Test
	void takesTimeByTheTextAlone() {
		SubjectPattern pattern = new SubjectPattern("a/*a*a*a*a*a*a*a*b");
		assertTimeout(Duration.ofSeconds(1), () -> assertThat(pattern.matches("a/" + "a".repeat(1_000_000))).isFalse());
	}

	@Test
	void comparesClaimsExactly() {
		TeamPublisher publisher = new TeamPublisher("id", "partners", "ci", "https://ci", null, "s",
				Map.of("repository", "a/b", "protected", "true"), Instant.EPOCH, "ada");
		assertThat(publisher.matches(Map.of("sub", "s", "repository", "a/b", "protected", true))).isTrue();
		assertThat(publisher.matches(Map.of("sub", "s", "repository", "a/b", "protected", "true"))).isTrue();
		assertThat(publisher.matches(Map.of("sub", "s", "repository", "a/b"))).isFalse();
		assertThat(publisher.matches(Map.of("sub", "s", "repository", List.of("a/b"), "protected", true))).isFalse();
		assertThat(publisher.matches(Map.of("repository", "a/b", "protected", true))).isFalse();
	}

}
