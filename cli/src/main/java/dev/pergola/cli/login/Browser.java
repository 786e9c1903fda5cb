package dev.pergola.cli.login;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The browser of this machine. */
public final class Browser {

	private Browser() {
	}

	/**
	 * Opens an address; no shell reads it.
	 * @return whether there is a program to open it with
	 */
	public static boolean open(URI address) {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		List<String> command = new ArrayList<>();
		if (system.startsWith("windows")) {
			command.addAll(List.of("rundll32", "url.dll,FileProtocolHandler"));
		}
		else {
			command.add(system.startsWith("mac") ? "open" : "xdg-open");
		}
		command.add(address.toString());
		try {
			new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
