package dev.pergola.design.generate;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContrastTests {

	private final DesignTokens tokens = DesignTokens.read();

	@Test
	void everyPairReachesItsRatioInEveryTheme() {
		List<String> failures = new ArrayList<>();
		int pairs = 0;
		for (Token token : this.tokens.published()) {
			for (String background : token.on()) {
				for (String theme : Mode.THEMES) {
					pairs++;
					double ratio = contrast(token, background, theme);
					if (ratio < token.ratio()) {
						failures.add("%s on %s in %s: %.2f (expected: %.1f)".formatted(token.path(), background, theme,
								ratio, token.ratio()));
					}
				}
			}
		}
		assertThat(failures).isEmpty();
		assertThat(pairs).isGreaterThan(300);
	}

	@Test
	void everyTextColorStatesItsBackgrounds() {
		assertThat(this.tokens.published())
			.filteredOn((token) -> token.type().equals("color") && token.path().matches(".*\\btext\\b.*"))
			.isNotEmpty()
			.allSatisfy((token) -> {
				assertThat(token.on()).as(token.path()).isNotEmpty();
				assertThat(token.ratio()).as(token.path()).isGreaterThanOrEqualTo(4.5);
			});
	}

	@Test
	void contrastIsThatOfWcag() {
		Color black = Color.oklch(0, 0, 0, 1);
		Color white = Color.oklch(1, 0, 0, 1);
		assertThat(black.contrast(white)).isEqualTo(21);
		assertThat(white.css()).isEqualTo("#ffffff");
		// Red of CSS: oklch(0.628 0.2577 29.23), contrast with white 4.00.
		Color red = Color.oklch(0.62796, 0.25768, 29.2339, 1);
		assertThat(red.css()).isEqualTo("#ff0000");
		assertThat(red.contrast(white)).isBetween(3.99, 4.01);
	}

	private double contrast(Token token, String background, String theme) {
		Mode mode = new Mode(theme, "comfortable");
		return this.tokens.color(token, mode).contrast(this.tokens.color(this.tokens.get(background), mode));
	}

}
