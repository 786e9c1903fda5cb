/**
 * AG-UI events: their JSON, their order, their end.
 */
@NullMarked
package dev.pergola.bff.agui;

import org.jspecify.annotations.NullMarked;
