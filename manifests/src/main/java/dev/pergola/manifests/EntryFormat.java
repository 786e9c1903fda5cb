package dev.pergola.manifests;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a module joins the page. */
public enum EntryFormat {

	/** Custom elements, or exported {@code mount} and {@code unmount}. */
	@JsonProperty("esm")
	ESM,

	/** Lifecycle exports of single-spa. */
	@JsonProperty("single-spa")
	SINGLE_SPA,

	/** Container script, or {@code mf-manifest.json}. */
	@JsonProperty("module-federation")
	MODULE_FEDERATION,

	/** A document of the bundle in a sandboxed frame. */
	@JsonProperty("iframe")
	IFRAME,

	/** HTML of the upstream, placed by the server; there is no entry file. */
	@JsonProperty("fragment")
	FRAGMENT;

	/**
	 * Name in JSON.
	 * @return {@code esm}, {@code single-spa}, {@code module-federation}, {@code iframe}
	 * or {@code fragment}
	 */
	public String text() {
		return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

}
