package dev.pergola.bridge.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what a program says: the values of variables that are named like
 * secrets, and, where an operator reads it, what looks like one.
 */
public final class Redaction {

	private static final String HIDDEN = "[hidden]";

	/** Authors are none. */
	private static final Pattern SECRET_NAME = Pattern
		.compile("(?i).*(key|token|secret|passw|credential|auth(?!ors?(_|$))).*");

	/** Shorter ones would hide words that are none. */
	private static final int SHORTEST = 6;

	private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");

	private static final Pattern NAMED = Pattern.compile(
			"(?i)((?:api[-_ ]?key|token|secret|password|passwd|authorization)[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',;]{4,}");

	private static final Pattern KEY = Pattern
		.compile("\\b(?:sk|pk|rk|gh[pousr]|github_pat|xox[abprs]|AKIA|glpat)[-_]?[A-Za-z0-9_-]{12,}");

	private static final Pattern WEB_TOKEN = Pattern
		.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)?");

	private static final Pattern LOGIN_IN_URL = Pattern.compile("(://)[^\\s/@:]+:[^\\s/@]+@");

	private final List<String> secrets;

	/**
	 * @param environment variables of a program
	 */
	public Redaction(Map<String, String> environment) {
		this.secrets = environment.entrySet()
			.stream()
			.filter((it) -> SECRET_NAME.matcher(it.getKey()).matches() && it.getValue().length() >= SHORTEST)
			.map(Map.Entry::getValue)
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
	}

	/** Names of variables that are named like secrets, in their order. */
	static List<String> secrets(Map<String, String> environment) {
		return environment.keySet().stream().filter((name) -> SECRET_NAME.matcher(name).matches()).sorted().toList();
	}

	/** Whether the program has a secret that is known here. */
	public boolean hasValues() {
		return !this.secrets.isEmpty();
	}

	/** A text without the values of secrets. */
	public String ofValues(String text) {
		String clean = text;
		for (String secret : this.secrets) {
			clean = clean.replace(secret, HIDDEN);
		}
		return clean;
	}

	/**
	 * How much of the end of a text a secret may begin with, whose rest is still to come.
	 * @return number of characters, 0 for none
	 */
	public int begun(String text) {
		return this.secrets.stream().mapToInt((secret) -> begun(text, secret)).max().orElse(0);
	}

	private static int begun(String text, String secret) {
		for (int length = Math.min(text.length(), secret.length() - 1); length > 0; length--) {
			if (text.regionMatches(text.length() - length, secret, 0, length)) {
				return length;
			}
		}
		return 0;
	}

	/** A text without the values of secrets and without what looks like one. */
	public String of(String text) {
		String clean = ofValues(text);
		clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
		clean = NAMED.matcher(clean).replaceAll("$1" + HIDDEN);
		clean = KEY.matcher(clean).replaceAll(HIDDEN);
		clean = WEB_TOKEN.matcher(clean).replaceAll(HIDDEN);
		return LOGIN_IN_URL.matcher(clean).replaceAll("$1" + HIDDEN + "@");
	}

}
