package dev.pergola.design.generate;

import java.util.List;
import java.util.function.Predicate;

/**
 * Writes {@code tokens.css}: every published token as a custom property, in every mode.
 */
final class TokenCss {

	private final DesignTokens tokens;

	private final StringBuilder css = new StringBuilder();

	TokenCss(DesignTokens tokens) {
		this.tokens = tokens;
	}

	String write() {
		this.css.append("/* Generated from tokens/*.json, see README.md. Change the JSON, not this file. */\n")
			.append("@layer pergola.tokens, pergola.base, pergola.components, pergola.layout, pergola.modes;\n\n")
			.append("@layer pergola.tokens {\n");
		block("  ", ":root", "", Mode.DEFAULT, (token) -> !themed(token) && !dense(token));
		block("  ", ":root,\n  [data-density=\"comfortable\"]", "", Mode.DEFAULT, this::dense);
		block("  ", "[data-density=\"compact\"]", "", new Mode("light", "compact"), this::dense);
		block("  ", ":root,\n  [data-theme=\"light\"]", "color-scheme: light", Mode.DEFAULT, this::themed);
		wished("(prefers-color-scheme: dark)", "dark", "color-scheme: dark");
		wished("(prefers-contrast: more)", "contrast", "color-scheme: light");
		block("  ", "[data-theme=\"dark\"]", "color-scheme: dark", theme("dark"), this::themed);
		block("  ", "[data-theme=\"contrast\"]", "color-scheme: light", theme("contrast"), this::themed);
		return this.css.append("}\n").toString();
	}

	/** A wish of the system counts as long as the person has not chosen. */
	private void wished(String query, String theme, String scheme) {
		this.css.append("  @media ").append(query).append(" {\n");
		block("    ", ":root:not([data-theme])", scheme, theme(theme), this::themed);
		this.css.append("  }\n");
	}

	private void block(String indent, String selector, String first, Mode mode, Predicate<Token> which) {
		this.css.append(indent).append(selector).append(" {\n");
		if (!first.isEmpty()) {
			this.css.append(indent).append("  ").append(first).append(";\n");
		}
		this.tokens.published()
			.stream()
			.filter(which)
			.forEach((token) -> this.css.append(indent)
				.append("  ")
				.append(token.property())
				.append(": ")
				.append(this.tokens.css(token, mode))
				.append(";\n"));
		this.css.append(indent).append("}\n");
	}

	private boolean themed(Token token) {
		return differs(token, List.of(theme("dark"), theme("contrast")));
	}

	private boolean dense(Token token) {
		return differs(token, List.of(new Mode("light", "compact")));
	}

	private boolean differs(Token token, List<Mode> modes) {
		String usual = this.tokens.css(token, Mode.DEFAULT);
		return modes.stream().anyMatch((mode) -> !this.tokens.css(token, mode).equals(usual));
	}

	private static Mode theme(String theme) {
		return new Mode(theme, "comfortable");
	}

}
