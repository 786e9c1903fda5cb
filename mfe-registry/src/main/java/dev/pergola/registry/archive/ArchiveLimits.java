package dev.pergola.registry.archive;

import org.springframework.util.unit.DataSize;

/**
 * Bounds of one archive.
 *
 * @param maxExpanded sum of all content
 * @param maxFiles number of entries, folders included
 * @param maxDepth number of names in a path
 * @param maxExpansion expanded bytes per uploaded byte
 */
public record ArchiveLimits(DataSize maxExpanded, int maxFiles, int maxDepth, int maxExpansion) {

}
