package dev.pergola.bridge.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.process.AgentProcess;
import dev.pergola.bridge.process.Launcher;
import dev.pergola.bridge.runner.Runner;

/**
 * Starts programs and opens the dialogue with them.
 */
record Starter(Launcher launcher, Function<Runner, Driver> drivers, RunMeters meters) {

	/**
	 * A program that was just started; hands have not been shaken.
	 * @param environment variables beside those of the runner
	 * @throws IOException where it could not be started
	 */
	Program start(String runnerId, Runner runner, Map<String, String> environment) throws IOException {
		long begin = System.nanoTime();
		AgentProcess process = this.launcher.start(runner, environment);
		this.meters.spawned(runnerId, Duration.ofNanos(System.nanoTime() - begin));
		try {
			return new Program(runnerId, runner, process, this.drivers.apply(runner).open(process.io()));
		}
		catch (RuntimeException | Error ex) {
			process.close();
			throw ex;
		}
	}

}
