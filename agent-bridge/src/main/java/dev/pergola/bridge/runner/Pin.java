package dev.pergola.bridge.runner;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which build of a program may run.
 *
 * @param digest SHA-256 of the program's file, as `sha256sum` prints it; any where
 * missing.
 * @param versionCommand Program and arguments that print its version.
 * @param minimumVersion Lowest version that may run, such as `2.1.330`.
 */
public record Pin(@Nullable String digest, @DefaultValue List<String> versionCommand, @Nullable String minimumVersion) {

	private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

	private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,3}");

	public Pin {
		versionCommand = List.copyOf(versionCommand);
		if (digest != null && !DIGEST.matcher(digest).matches()) {
			throw new IllegalArgumentException("digest: %s (expected: %s)".formatted(digest, DIGEST));
		}
		if (minimumVersion != null && !VERSION.matcher(minimumVersion).matches()) {
			throw new IllegalArgumentException("minimum-version: %s (expected: %s)".formatted(minimumVersion, VERSION));
		}
		if ((minimumVersion != null) == versionCommand.isEmpty()) {
			throw new IllegalArgumentException(
					"version-command: %s (expected: given together with minimum-version)".formatted(versionCommand));
		}
	}

}
