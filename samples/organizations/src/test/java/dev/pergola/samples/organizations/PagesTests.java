package dev.pergola.samples.organizations;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PagesTests {

	private static final String ATTACK = "\"><script>alert('x')</script>&";

	private final Pages pages = new Pages(Words.of("en"));

	@Test
	void escapesWhateverIsInTheData() {
		Organization one = new Organization("x", ATTACK, ATTACK, ATTACK, ATTACK, ATTACK, 1, ATTACK, ATTACK, "partner",
				ATTACK, 1);
		for (Html page : List.of(this.pages.detail(one, true), this.pages.edit(one, OrganizationForm.of(one), true),
				this.pages.list(List.of(one), List.of(ATTACK), ATTACK, ATTACK, 1))) {
			assertThat(page.text()).contains("&lt;script&gt;").doesNotContain("<script", "'x'");
		}
	}

	@Test
	void escapesWhatAPersonTyped() {
		OrganizationForm form = OrganizationForm.of(Map.of("name", ATTACK, "status", ATTACK, "employees", ATTACK));
		Html page = this.pages.edit(SeedData.read().getFirst(), form, false);
		assertThat(page.text()).doesNotContain("<script").contains("value=\"&quot;&gt;&lt;script&gt;");
	}

	@Test
	void hasOneHeadingOnEveryPage() {
		Organization one = SeedData.read().getFirst();
		for (Html page : List.of(this.pages.detail(one, false), this.pages.missing(),
				this.pages.edit(one, OrganizationForm.of(one), false),
				this.pages.list(List.of(), List.of(), "", "", 1))) {
			assertThat(page.text().split("<h1>", -1)).hasSize(2);
		}
	}

	@Test
	void refusesATemplateWithTooFewHoles() {
		assertThatIllegalArgumentException().isThrownBy(() -> Html.of("{}", "a", "b"));
	}

	@Test
	void speaksTheLanguageOfThePerson() {
		assertThat(new Pages(Words.of("de-AT,en;q=0.5")).missing().text()).contains("gibt es nicht");
		assertThat(new Pages(Words.of("fr")).missing().text()).contains("There is no such");
		assertThat(Words.of(";;;").locale().getLanguage()).isEqualTo("en");
	}

}
