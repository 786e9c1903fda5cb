package dev.pergola.bff.files;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of modules' files.
 *
 * @param cache Size of all files kept in memory.
 * @param maxFile Size of one file.
 * @param timeout Time the registry has to give a file.
 */
@ConfigurationProperties("pergola.bff.files")
public record FileProperties(@DefaultValue("64MB") DataSize cache, @DefaultValue("16MB") DataSize maxFile,
		@DefaultValue("10s") Duration timeout) {

}
