package dev.pergola.registry.publish;

import java.time.Duration;

import dev.pergola.registry.archive.ArchiveLimits;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of publishing.
 *
 * @param maxUpload Size of an uploaded archive.
 * @param maxExpanded Sum of all content of an archive.
 * @param maxManifest Size of a manifest.
 * @param maxFiles Number of entries of an archive.
 * @param maxDepth Number of names in a path.
 * @param maxExpansion Expanded bytes per uploaded byte; archives below 1 MiB expanded are
 * not measured.
 * @param maxEntry Size of a module's entry, in gzip.
 * @param maxOpenapi Size of the description of a module's service.
 * @param timeout Longest time an upload may take.
 */
@Validated
@ConfigurationProperties("pergola.registry.publish")
public record PublishProperties(@DefaultValue("20MB") DataSize maxUpload, @DefaultValue("100MB") DataSize maxExpanded,
		@DefaultValue("256KB") DataSize maxManifest, @DefaultValue("2000") @Positive int maxFiles,
		@DefaultValue("16") @Positive int maxDepth, @DefaultValue("100") @Positive int maxExpansion,
		@DefaultValue("100KB") DataSize maxEntry, @DefaultValue("1MB") DataSize maxOpenapi,
		@DefaultValue("2m") Duration timeout) {

	/** Bounds of one archive. */
	public ArchiveLimits archive() {
		return new ArchiveLimits(this.maxExpanded, this.maxFiles, this.maxDepth, this.maxExpansion);
	}

}
