/**
 * The demo identity provider: a real authorization server with four people, for loopback
 * and the demo profile only.
 */
@NullMarked
package dev.pergola.standalone.identity;

import org.jspecify.annotations.NullMarked;
