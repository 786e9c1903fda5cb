/**
 * What all endpoints of the bridge share: the service token and problems.
 */
@NullMarked
package dev.pergola.bridge.web;

import org.jspecify.annotations.NullMarked;
