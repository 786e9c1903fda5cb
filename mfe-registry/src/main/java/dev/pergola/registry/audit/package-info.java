/**
 * Who changed what, from where and why.
 */
@NullMarked
package dev.pergola.registry.audit;

import org.jspecify.annotations.NullMarked;
