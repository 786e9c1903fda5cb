/**
 * Agent Client Protocol, versions 1 and 2, over JSON-RPC.
 */
@NullMarked
package dev.pergola.bridge.driver.acp;

import org.jspecify.annotations.NullMarked;
