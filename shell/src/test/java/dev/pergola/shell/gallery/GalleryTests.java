package dev.pergola.shell.gallery;

import dev.pergola.shell.Catalogs;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class GalleryTests {

	private final WebTestClient client;

	GalleryTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog) {
		catalog.set(Catalogs.usual());
		this.client = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build();
	}

	@Test
	void galleryStandsInThePortalsLayout() {
		String overview = get("/design", 200);
		assertThat(overview).contains("<h1>Design system</h1>", "pergola-navigation", "href=\"/design/buttons\"",
				"/design/gallery.js");
		String buttons = get("/design/buttons", 200);
		assertThat(buttons).contains("aria-current=\"page\"").doesNotContain("{{assets}}");
		assertThat(buttons.split("<h1", -1)).hasSize(2);
		get("/design/none", 404);
	}

	@Test
	void problemTypesAreExplained() {
		assertThat(get("/problems/version-exists", 200)).contains("Publish under the next version.");
		assertThat(get("/problems", 200)).contains("href=\"/problems/forbidden-page\"");
		get("/problems/none", 404);
	}

	private String get(String path, int status) {
		return String.valueOf(this.client.mutateWith(People.business())
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

}
