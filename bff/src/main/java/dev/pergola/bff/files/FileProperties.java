package dev.pergola.bff.files;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of modules' files.
 *
 * @param cache Size of all files kept in memory.
 * @param directory Folder in which files are kept beyond a restart; none to keep them in
 * memory only.
 * @param maxDisk Size of all files in that folder.
 * @param maxFile Size of one file.
 * @param timeout Time the registry has to give a file.
 */
@ConfigurationProperties("pergola.bff.files")
public record FileProperties(@DefaultValue("64MB") DataSize cache, @Nullable Path directory,
		@DefaultValue("1GB") DataSize maxDisk, @DefaultValue("16MB") DataSize maxFile,
		@DefaultValue("10s") Duration timeout) {

}
