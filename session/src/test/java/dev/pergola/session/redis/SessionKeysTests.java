package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("security-58")
class SessionKeysTests {

	private static final String OLD = key("an old key that has 32 bytes....");

	private static final String NEW = key("a new key that has 32 bytes.....");

	private static final byte[] CONTENT = "an access token".getBytes(StandardCharsets.UTF_8);

	private static final SessionKeys old = new SessionKeys(List.of(OLD));

	@Test
	void whatIsSealedOpensUnderItsNameAlone() {
		byte[] sealed = old.seal("a", CONTENT);
		assertThat(old.open("a", sealed)).hasValue(CONTENT);
		assertThat(old.open("b", sealed)).isEmpty();
		assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("token");
	}

	@Test
	void theSameContentIsNeverSealedTheSameWay() {
		assertThat(old.seal("a", CONTENT)).isNotEqualTo(old.seal("a", CONTENT));
	}

	@Test
	void theFirstKeySealsAndAllOpen() {
		SessionKeys added = new SessionKeys(List.of(OLD, NEW));
		SessionKeys rotated = new SessionKeys(List.of(NEW, OLD));
		assertThat(rotated.open("a", old.seal("a", CONTENT))).hasValue(CONTENT);
		assertThat(added.open("a", rotated.seal("a", CONTENT))).hasValue(CONTENT);
		assertThat(old.open("a", added.seal("a", CONTENT))).hasValue(CONTENT);
		assertThat(old.open("a", rotated.seal("a", CONTENT))).isEmpty();
	}

	@Test
	void whatWasChangedDoesNotOpen() {
		byte[] sealed = old.seal("a", CONTENT);
		for (int i = 0; i < sealed.length; i++) {
			byte[] changed = sealed.clone();
			changed[i] ^= 1;
			assertThat(old.open("a", changed)).isEmpty();
		}
		assertThat(old.open("a", new byte[0])).isEmpty();
	}

	@Test
	void anUnfitKeyIsRefusedWithoutBeingShown() {
		for (String unfit : List.of("", "not base 64!", Base64.getEncoder().encodeToString(new byte[16]))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new SessionKeys(List.of(unfit)))
				.withMessageContaining("openssl rand -base64 32")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("not base 64!"));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> new SessionKeys(List.of()));
	}

	private static String key(String bytes) {
		return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.US_ASCII));
	}

}
