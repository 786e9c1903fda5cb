/**
 * Everything in one process: the services, a demo identity provider and the sample
 * modules.
 */
@NullMarked
package dev.pergola.standalone;

import org.jspecify.annotations.NullMarked;
