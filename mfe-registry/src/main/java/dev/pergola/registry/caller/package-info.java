/**
 * Who is calling, as the rules of the registry need to know it.
 */
@NullMarked
package dev.pergola.registry.caller;

import org.jspecify.annotations.NullMarked;
