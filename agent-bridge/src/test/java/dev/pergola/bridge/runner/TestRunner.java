package dev.pergola.bridge.runner;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Runners as an operator's settings make them.
 */
public final class TestRunner {

	private TestRunner() {
	}

	/** A script of bash with settings as name, value, name, value. */
	public static Runner script(String script, String... settings) {
		Map<String, String> all = new HashMap<>(
				Map.of("runner.command[0]", "bash", "runner.command[1]", "-c", "runner.command[2]", script));
		for (int index = 0; index < settings.length; index += 2) {
			all.put("runner." + settings[index], settings[index + 1]);
		}
		return bind(all);
	}

	/** Another program than bash. */
	public static Runner program(String program, String... settings) {
		Map<String, String> all = new HashMap<>(Map.of("runner.command[0]", program));
		for (int index = 0; index < settings.length; index += 2) {
			all.put("runner." + settings[index], settings[index + 1]);
		}
		return bind(all);
	}

	private static Runner bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("runner", Runner.class);
	}

}
