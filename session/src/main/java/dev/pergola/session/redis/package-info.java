/**
 * Sessions, locks, begun sign-ins and used logout tokens in Redis or Valkey, for a portal
 * on several nodes.
 */
@NullMarked
package dev.pergola.session.redis;

import org.jspecify.annotations.NullMarked;
