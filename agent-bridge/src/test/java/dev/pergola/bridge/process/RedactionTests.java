package dev.pergola.bridge.process;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-10")
class RedactionTests {

	private final Redaction redaction = new Redaction(Map.of("MODEL_API_KEY", "canary-5f1d", "DB_PASSWORD",
			"canary-5f1d-longer", "REGION", "europe", "X_TOKEN", "ab"));

	@Test
	void hidesTheValuesOfVariablesThatAreNamedLikeSecrets() {
		assertThat(this.redaction.of("key canary-5f1d and canary-5f1d-longer in europe, tab"))
			.isEqualTo("key [hidden] and [hidden] in europe, tab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer canary.5f1d~", "sk-ant-canary0123456789", "api_key=canary5f1d",
			"{\"password\": \"canary5f1d\"}", "eyJhbGciOiJub25lIn0.eyJjYW5hcnkifQ.", "redis://user:canary@host",
			"ghp_canary0123456789", "token: canary" })
	void hidesWhatLooksLikeASecret(String text) {
		assertThat(this.redaction.of(text)).contains("[hidden]")
			.doesNotContainIgnoringCase("canary")
			.doesNotContain("eyJ");
	}

	@Test
	void knowsWithWhichEndASecretMayBegin() {
		assertThat(this.redaction.begun("the can")).isEqualTo(3);
		assertThat(this.redaction.begun("the canary-5f1d-long")).isEqualTo(16);
		assertThat(this.redaction.begun("the canary-5f1d-longer")).isZero();
		assertThat(this.redaction.begun("")).isZero();
	}

	@Test
	void authorsAreNoSecrets() {
		Redaction named = new Redaction(Map.of("GIT_AUTHOR_NAME", "pergola", "AUTHORIZATION", "canary-5f1d"));
		assertThat(named.ofValues("pergola canary-5f1d")).isEqualTo("pergola [hidden]");
	}

	@Test
	void leavesTheRestAlone() {
		String text = "java.io.IOException: no such file: /srv/data (line 12)\n\tat Main.main";
		assertThat(this.redaction.of(text)).isEqualTo(text);
	}

}
