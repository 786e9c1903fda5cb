/**
 * AG-UI 1.1 as the bridge speaks it: what a run is asked, and the events it tells.
 */
@NullMarked
package dev.pergola.bridge.agui;

import org.jspecify.annotations.NullMarked;
