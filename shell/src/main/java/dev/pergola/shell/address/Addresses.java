package dev.pergola.shell.address;

import java.util.Locale;
import java.util.Set;

/**
 * Tells addresses apart.
 */
public final class Addresses {

	/** First segments of addresses the portal's parts own; no module's page is there. */
	private static final Set<String> OWNED = Set.of("api", "views", "agents", "registry", "bridge", "modules",
			"openapi", "upstreams", ".well-known", "session", "logout", "login", "oauth2", "actuator", "assets",
			"favicon.ico", "catalog", "importmap.json", "admin", "developer", "design", "problems", "search",
			"assistant", "preferences");

	private Addresses() {
	}

	/**
	 * Whether an address is a path of the portal: it begins with one slash, and no
	 * browser reads it as another origin. A query or an anchor alone is one too.
	 * @param address address as written in an attribute or a {@code Location} header
	 * @return whether it stays on this origin
	 */
	public static boolean isLocal(String address) {
		boolean printable = address.chars().allMatch((character) -> character > ' ' && character != 0x7f);
		if (!printable || address.contains("\\")) {
			return false;
		}
		return address.startsWith("#") || address.startsWith("?")
				|| address.startsWith("/") && !address.startsWith("//");
	}

	/**
	 * Whether a form of a module may be sent there: to a page of a module, never to the
	 * portal's own parts, where it would act as the person.
	 * @param address address as written in an attribute
	 * @return whether it is a page of a module or the page itself
	 */
	public static boolean isPageOfModule(String address) {
		String decoded = address.toLowerCase(Locale.ROOT);
		boolean plain = !decoded.contains("..") && !decoded.contains("%2e") && !decoded.contains("%2f")
				&& !decoded.contains("/./");
		return isLocal(address) && plain && !(address.startsWith("/") && isOwned(address));
	}

	/**
	 * Whether one of the portal's parts owns a path.
	 * @param path path, with or without a query
	 * @return whether no module's page can be there
	 */
	public static boolean isOwned(String path) {
		String first = path.substring(1).split("[/?#;]", 2)[0];
		return OWNED.contains(first);
	}

}
