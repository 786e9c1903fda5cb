package dev.pergola.manifests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalizedTextTests {

	private final LocalizedText text = new LocalizedText(
			Map.of("en", "Partners", "de", "Partner", "pt-BR", "Parceiros"));

	@Test
	void looksUpShorterTags() {
		assertThat(this.text.in(Locale.forLanguageTag("de-AT"))).contains("Partner");
		assertThat(this.text.in(Locale.forLanguageTag("pt-BR"))).contains("Parceiros");
	}

	@Test
	void fallsBackToEnglishThenToTheFirst() {
		assertThat(this.text.in(Locale.forLanguageTag("pt-PT"))).contains("Partners");
		Map<String, String> texts = new LinkedHashMap<>();
		texts.put("fr", "Partenaires");
		texts.put("it", "Partner");
		assertThat(new LocalizedText(texts).in(Locale.JAPANESE)).contains("Partenaires");
		assertThat(LocalizedText.NONE.in(Locale.ENGLISH)).isEmpty();
	}

	@Test
	void anIdIsMadeReadable() {
		Page page = new Page("deal-board", "/deals/board", LocalizedText.NONE, null, null, List.of());
		assertThat(page.titleIn(Locale.ENGLISH)).isEqualTo("Deal board");
		assertThat(LocalizedText.readable("-")).isEqualTo("-");
	}

}
