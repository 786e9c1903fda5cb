/**
 * Files of modules, from the registry through a bounded cache.
 */
@NullMarked
package dev.pergola.bff.files;

import org.jspecify.annotations.NullMarked;
