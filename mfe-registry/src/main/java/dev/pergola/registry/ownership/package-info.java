/**
 * Teams and what is theirs: modules, hosts and reserved names.
 */
@NullMarked
package dev.pergola.registry.ownership;

import org.jspecify.annotations.NullMarked;
