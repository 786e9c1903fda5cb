/**
 * Watches the registry and keeps the last good catalog in memory and on disk.
 */
@NullMarked
package dev.pergola.registry.client;

import org.jspecify.annotations.NullMarked;
