/**
 * What modules' services can be asked, as who calls them through the portal sees it.
 */
@NullMarked
package dev.pergola.bff.openapi;

import org.jspecify.annotations.NullMarked;
