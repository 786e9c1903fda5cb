package dev.pergola.bff.compression;

import java.util.Set;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of compression.
 *
 * @param enabled Whether answers are compressed at all.
 * @param minSize Size below which an answer is not worth it; one of unknown size is.
 * @param level From 1, fastest, to 9, smallest.
 * @param types Media types without parameters. HTML is none of them: a page with a secret
 * in it that also repeats what was asked would tell the secret by its length (BREACH).
 */
@Validated
@ConfigurationProperties("pergola.bff.compression")
public record CompressionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1KB") DataSize minSize,
		@DefaultValue("4") @Min(1) @Max(9) int level, @DefaultValue( {
				"application/json", "application/problem+json", "application/ld+json", "application/xml",
				"application/yaml", "application/javascript", "text/javascript", "text/css", "text/csv", "text/plain",
				"text/xml", "image/svg+xml" }) Set<String> types){

	public CompressionProperties {
		types = Set.copyOf(types);
	}

}
