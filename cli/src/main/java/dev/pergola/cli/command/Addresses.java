package dev.pergola.cli.command;

import java.net.URI;
import java.util.Set;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;

/** Addresses of portals. */
final class Addresses {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private Addresses() {
	}

	static URI parse(String text) {
		try {
			URI url = URI.create(text.strip().replaceAll("/+$", ""));
			boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
			if (isHttp && url.getHost() != null && url.getUserInfo() == null) {
				return url;
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below, in the same words.
		}
		throw new CommandException(Exit.USAGE,
				"%s is not an address such as https://portal.example.com".formatted(text));
	}

	static boolean isReadableByOthers(URI url) {
		return "http".equalsIgnoreCase(url.getScheme()) && !LOOPBACK.contains(url.getHost());
	}

}
