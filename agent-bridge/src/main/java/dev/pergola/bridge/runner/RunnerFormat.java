package dev.pergola.bridge.runner;

/**
 * What a program speaks on standard input and output.
 */
public enum RunnerFormat {

	/** UTF-8 text in, UTF-8 text out: one message that grows as it is printed. */
	TEXT(true),

	/** One JSON object per line, each one event. */
	NDJSON(true),

	/** Claude Code's {@code stream-json} on both sides. */
	CLAUDE_STREAM_JSON(false),

	/** Agent Client Protocol: JSON-RPC, one message per line. */
	ACP(false),

	/** What {@code codex exec --json} prints. */
	CODEX_EXEC_JSONL(false);

	private final boolean endsWithExit;

	RunnerFormat(boolean endsWithExit) {
		this.endsWithExit = endsWithExit;
	}

	/**
	 * Whether the end of the program is the result. A program of another format that ends
	 * without a result has failed, whatever its exit code.
	 */
	public boolean endsWithExit() {
		return this.endsWithExit;
	}

}
