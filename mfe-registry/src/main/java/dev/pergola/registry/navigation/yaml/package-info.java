/**
 * The overlay as YAML that people read and keep in a repository.
 */
@NullMarked
package dev.pergola.registry.navigation.yaml;

import org.jspecify.annotations.NullMarked;
