package dev.pergola.bff.limits;

import java.util.Map;
import java.util.function.LongSupplier;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Limits without a bff. */
public final class TestLimits {

	private TestLimits() {
	}

	public static Limits unlimited() {
		return new Limits(properties(Map.of("enabled", "false")), System::nanoTime, null);
	}

	/**
	 * Limits of these settings.
	 * @param settings names without the prefix
	 */
	static Limits of(Map<String, String> settings, LongSupplier nanoTime) {
		return new Limits(properties(settings), nanoTime, null);
	}

	static LimitProperties properties(Map<String, String> settings) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		settings.forEach((name, value) -> source.put("limits." + name, value));
		return new Binder(source).bindOrCreate("limits", Bindable.of(LimitProperties.class));
	}

}
