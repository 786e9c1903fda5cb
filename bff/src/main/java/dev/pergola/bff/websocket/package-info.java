/**
 * WebSockets between browsers and modules' services.
 */
@NullMarked
package dev.pergola.bff.websocket;

import org.jspecify.annotations.NullMarked;
