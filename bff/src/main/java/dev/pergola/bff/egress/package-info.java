/**
 * Clients for calls out of here: where they may go, how many at once.
 */
@NullMarked
package dev.pergola.bff.egress;

import org.jspecify.annotations.NullMarked;
