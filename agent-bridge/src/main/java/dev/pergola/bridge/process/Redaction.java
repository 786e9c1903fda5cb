package dev.pergola.bridge.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a text an operator may read: the values of variables that are
 * named like secrets, and what looks like one.
 */
public final class Redaction {

	private static final String HIDDEN = "[hidden]";

	private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(key|token|secret|passw|credential|auth).*");

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

	public String of(String text) {
		String clean = text;
		for (String secret : this.secrets) {
			clean = clean.replace(secret, HIDDEN);
		}
		clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
		clean = NAMED.matcher(clean).replaceAll("$1" + HIDDEN);
		clean = KEY.matcher(clean).replaceAll(HIDDEN);
		clean = WEB_TOKEN.matcher(clean).replaceAll(HIDDEN);
		return LOGIN_IN_URL.matcher(clean).replaceAll("$1" + HIDDEN + "@");
	}

}
