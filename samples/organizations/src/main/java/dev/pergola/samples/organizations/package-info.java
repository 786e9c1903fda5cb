/**
 * Sample module: organizations, as a team would write it.
 */
@NullMarked
package dev.pergola.samples.organizations;

import org.jspecify.annotations.NullMarked;
