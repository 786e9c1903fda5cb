package dev.pergola.standalone;

/**
 * Stops this process when the one that started it is gone, however it went: Maven stops
 * what it runs, but not when it is killed itself.
 */
final class ParentWatch {

	private ParentWatch() {
	}

	static void start() {
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().thenRun(() -> System.exit(0)));
	}

}
