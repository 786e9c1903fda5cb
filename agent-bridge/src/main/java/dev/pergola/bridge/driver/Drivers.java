package dev.pergola.bridge.driver;

import dev.pergola.bridge.driver.acp.AcpDriver;
import dev.pergola.bridge.driver.claude.ClaudeDriver;
import dev.pergola.bridge.driver.codex.CodexDriver;
import dev.pergola.bridge.driver.ndjson.NdjsonDriver;
import dev.pergola.bridge.runner.Runner;

/**
 * The driver of each format.
 */
public final class Drivers {

	private Drivers() {
	}

	public static Driver of(Runner runner) {
		return switch (runner.format()) {
			case TEXT -> new TextDriver(runner.input());
			case NDJSON -> new NdjsonDriver(runner.mapping());
			case CLAUDE_STREAM_JSON -> new ClaudeDriver(runner.reuse().parkTimeout(), runner.waits().endOfTurn());
			case ACP -> new AcpDriver(runner.reuse().parkTimeout());
			case CODEX_EXEC_JSONL -> new CodexDriver();
		};
	}

}
