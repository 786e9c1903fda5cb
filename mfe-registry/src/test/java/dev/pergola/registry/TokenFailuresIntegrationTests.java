package dev.pergola.registry;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of wrong tokens, over and over.
 */
@OnH2
@Tag("registry-7")
@TestPropertySource(properties = { "pergola.registry.tokens.failures-per-minute=3", "logging.level.dev.pergola=trace",
		"logging.level.org.springframework.security=trace", "logging.level.org.springframework.jdbc=trace" })
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
@ExtendWith(OutputCaptureExtension.class)
class TokenFailuresIntegrationTests extends RegistryContract {

	@Test
	void limitsAndAuditsWrongTeamTokensAndKeepsThemOutOfTheLog(CapturedOutput output) {
		String right = (String) administrator().issueToken("partners", "{}").get("token");
		String wrong = "pgt_wrong-" + "x".repeat(33);
		repeat(wrong);
		assertThat(refusals("token.refuse")).hasSize(3)
			.allSatisfy((entry) -> assertThat(entry).containsEntry("address", "127.0.0.1")
				.containsEntry("revision", null)
				.extracting("after")
				.isEqualTo(Map.of("cause", "unknown")));
		RegistryClient.bearer(this.port, right).get("/modules").expectStatus().isOk();
		assertThat(output.getAll()).contains("unauthenticated").doesNotContain(right).doesNotContain(wrong);
	}

	@Test
	void limitsAndAuditsWrongIdentityTokensAndKeepsThemOutOfTheLog(CapturedOutput output) {
		String wrong = RegistryClient.CI.sign(new JWTClaimsSet.Builder().issuer(RegistryClient.CI.uri())
			.subject("repo:nobody/knows")
			.audience(RegistryClient.CI_AUDIENCE)
			.expirationTime(Date.from(Instant.now().plusSeconds(300)))
			.build());
		repeat(wrong);
		assertThat(refusals("publisher.refuse")).hasSize(3)
			.allSatisfy((entry) -> assertThat(entry).containsEntry("actor", "repo:nobody/knows")
				.containsEntry("actorKind", "nobody")
				.containsEntry("subject", RegistryClient.CI.uri())
				.extracting("after")
				.isEqualTo(Map.of("cause", "no publisher names it", "subject", "repo:nobody/knows")));
		assertThat(output.getAll()).doesNotContain(wrong).doesNotContain(wrong.substring(wrong.lastIndexOf('.')));
	}

	private void repeat(String wrong) {
		for (int i = 0; i < 3; i++) {
			RegistryClient.bearer(this.port, wrong).get("/modules").expectStatus().isUnauthorized();
		}
		RegistryClient.bearer(this.port, wrong)
			.get("/modules")
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.valueEquals("Retry-After", "60");
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> refusals(String action) {
		List<Map<String, Object>> entries = (List<Map<String, Object>>) administrator().get("/audit")
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("entries");
		return entries.stream().filter((entry) -> entry.get("action").equals(action)).toList();
	}

}
