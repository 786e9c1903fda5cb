package dev.pergola.shell;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the shell.
 *
 * @param enabled Whether the shell's pages are served.
 * @param productName Name of the product in banner and titles.
 * @param accessContact Whom to ask for access to a page whose module names nobody.
 * @param registryUrl Address of the registry, without path.
 * @param bffUrl Address of the bff, without path.
 * @param maxCatalogs Number of personal catalogs kept in memory.
 * @param fragments Fragments of modules.
 * @param consoles Consoles of administrators and module teams.
 * @param reports What browsers tell of the health of modules.
 */
@Validated
@ConfigurationProperties("pergola.shell")
public record ShellProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("Pergola") @NotBlank String productName,
		@DefaultValue("the administrators of the portal") @NotBlank String accessContact,
		@DefaultValue("http://localhost:8080") URI registryUrl, @DefaultValue("http://localhost:8080") URI bffUrl,
		@DefaultValue("1000") @Positive int maxCatalogs, @DefaultValue @Valid Fragments fragments,
		@DefaultValue @Valid Consoles consoles, @DefaultValue @Valid Reports reports) {

	public ShellProperties {
		checkHttp("registry-url", registryUrl);
		checkHttp("bff-url", bffUrl);
	}

	private static void checkHttp(String name, URI url) {
		boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
		if (!http || url.getHost() == null || url.getRawQuery() != null) {
			throw new IllegalArgumentException("%s: %s (expected: an http or https address)".formatted(name, url));
		}
	}

	/**
	 * Fragments of modules.
	 *
	 * @param timeout Time until the whole fragment is here.
	 * @param maxSize Most bytes a fragment may have.
	 * @param maxFormSize Most bytes a form may have.
	 */
	public record Fragments(@DefaultValue("5s") Duration timeout, @DefaultValue("1MB") DataSize maxSize,
			@DefaultValue("256KB") DataSize maxFormSize) {

		public Fragments {
			if (!timeout.isPositive() || maxSize.toBytes() <= 0 || maxFormSize.toBytes() <= 0) {
				throw new IllegalArgumentException(
						"fragments: %s, %s, %s (expected: more than nothing)".formatted(timeout, maxSize, maxFormSize));
			}
		}

	}

	/**
	 * What browsers tell of the health of modules.
	 *
	 * @param url Address on this origin that takes reports; empty for none.
	 * @param sampling Share of tabs that measure, 0 to 1. People can report what they met
	 * in all of them.
	 * @param interval Longest time until a tab sends what it has measured.
	 */
	public record Reports(@DefaultValue("/registry/v1/reports") String url, @DefaultValue("1") double sampling,
			@DefaultValue("30s") Duration interval) {

		public Reports {
			if (!url.isEmpty() && (!url.startsWith("/") || url.startsWith("//"))) {
				throw new IllegalArgumentException(
						"reports.url: %s (expected: empty or a path on this origin)".formatted(url));
			}
			if (!(sampling >= 0 && sampling <= 1) || !interval.isPositive()) {
				throw new IllegalArgumentException(
						"reports: sampling %s, interval %s (expected: 0 to 1, more than nothing)".formatted(sampling,
								interval));
			}
		}

	}

	/**
	 * Consoles of administrators and module teams.
	 *
	 * @param timeout Time registry and bff have to answer.
	 * @param maxSize Most bytes an answer of these may have.
	 * @param maxUploadSize Most bytes a form with a file may have.
	 */
	public record Consoles(@DefaultValue("10s") Duration timeout, @DefaultValue("8MB") DataSize maxSize,
			@DefaultValue("1MB") DataSize maxUploadSize) {

		public Consoles {
			if (!timeout.isPositive() || maxSize.toBytes() <= 0 || maxUploadSize.toBytes() <= 0) {
				throw new IllegalArgumentException("consoles: %s, %s, %s (expected: more than nothing)"
					.formatted(timeout, maxSize, maxUploadSize));
			}
		}

	}

}
