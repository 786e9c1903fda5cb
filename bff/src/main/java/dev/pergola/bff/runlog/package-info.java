/**
 * Where the logs of runs are kept beyond the node that writes them.
 */
@NullMarked
package dev.pergola.bff.runlog;

import org.jspecify.annotations.NullMarked;
