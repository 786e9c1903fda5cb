/**
 * Where what a team names in a manifest may lead.
 */
@NullMarked
package dev.pergola.manifests.egress;

import org.jspecify.annotations.NullMarked;
