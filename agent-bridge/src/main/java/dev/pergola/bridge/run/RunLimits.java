package dev.pergola.bridge.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds of all runs together.
 *
 * @param maxRuns Number of programs that run at once.
 * @param maxPerPrincipal Number of runs one person may have running or queued.
 * @param maxQueued Number of runs that wait for a place.
 * @param killAfter Time between asking a program to end and killing it.
 * @param retention Time an ended run can still be read.
 * @param maxRetained Number of ended runs kept.
 * @param directory Folder for the programs' private homes.
 */
public record RunLimits(int maxRuns, int maxPerPrincipal, int maxQueued, Duration killAfter, Duration retention,
		int maxRetained, Path directory) {

}
