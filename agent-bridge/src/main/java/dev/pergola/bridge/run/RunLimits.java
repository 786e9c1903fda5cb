package dev.pergola.bridge.run;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * Bounds of all runs together.
 *
 * @param maxRuns Number of programs that run at once.
 * @param maxPerTeam Number of these that may be one team's.
 * @param maxPerPrincipal Number of runs one person may have running or queued.
 * @param maxQueued Number of runs that wait for a place.
 * @param maxParked Number of programs that wait for answers.
 * @param maxKept Number of programs that wait for the next run of their conversation.
 * @param freeMemory Memory that has to be free before a further program starts.
 * @param stop How a program is ended.
 * @param unreadAfter Time after which a run that nobody reads is ended; 0 for never.
 * @param retention Time an ended run can still be read.
 * @param maxRetained Number of ended runs kept.
 * @param maxLog Most that is kept of one run.
 * @param maxLogs Most that is kept of all runs.
 */
public record RunLimits(int maxRuns, int maxPerTeam, int maxPerPrincipal, int maxQueued, int maxParked, int maxKept,
		DataSize freeMemory, StopWaits stop, Duration unreadAfter, Duration retention, int maxRetained, DataSize maxLog,
		DataSize maxLogs) {

}
