package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import dev.pergola.manifests.Version;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * What the portal is to the modules that are published.
 *
 * @param portal Version of the portal, which a manifest's {@code host} has to take. By
 * default the registry's own.
 * @param offered Version of each library that the portal's import map has, by import
 * name. By default those of the registry's own release.
 * @param licences SPDX identifiers that a bundle's {@code package.json} files may name.
 * Empty for any.
 * @param openapiCompatibility Whether the description of a module's service has to fit
 * those of its live versions.
 */
@ConfigurationProperties("pergola.registry.gate")
public record PortalProperties(@Nullable String portal, @Nullable Map<String, String> offered, @DefaultValue( {
		"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "MPL-2.0",
		"UNLICENSED", "Unlicense", "Zlib" }) Set<String> licences, @DefaultValue("true") boolean openapiCompatibility){

	private static final String PORTAL = "portal";

	private static final Map<String, String> RELEASE = release();

	public PortalProperties {
		portal = (portal != null) ? portal : RELEASE.get(PORTAL);
		Version.parse(String.valueOf(portal));
		offered = Map.copyOf((offered != null) ? offered : releasedLibraries());
		offered.values().forEach(Version::parse);
		licences = Set.copyOf(licences);
	}

	Version version() {
		return Version.parse(String.valueOf(this.portal));
	}

	/**
	 * What the portal offers.
	 * @return version by import name
	 */
	Map<String, Version> libraries() {
		Map<String, Version> libraries = new LinkedHashMap<>();
		if (this.offered != null) {
			this.offered.forEach((name, version) -> libraries.put(name, Version.parse(version)));
		}
		return libraries;
	}

	private static Map<String, String> releasedLibraries() {
		Map<String, String> libraries = new LinkedHashMap<>(RELEASE);
		String portal = String.valueOf(libraries.remove(PORTAL));
		List.of("@pergola/client", "@pergola/design", "@pergola/shell").forEach((name) -> libraries.put(name, portal));
		return libraries;
	}

	/** A snapshot is taken for the release it will be: ranges leave pre-releases out. */
	private static Map<String, String> release() {
		try {
			Properties properties = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("dev/pergola/registry/publish/portal.properties"));
			Map<String, String> release = new LinkedHashMap<>();
			properties.stringPropertyNames()
				.forEach((name) -> release.put(name, properties.getProperty(name).replace("-SNAPSHOT", "")));
			return release;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
