package dev.pergola.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What was measured, beside what was promised. */
public final class Table {

	private final List<String> rows = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * A figure whose target is a lower bound where it is a ratio of rates, else an upper
	 * one.
	 */
	public void add(String what, double value, double target) {
		String row = "| %s | %.2f | %s |".formatted(what, value, (target > 0) ? "%.4g".formatted(target) : "");
		this.rows.add(row);
		System.out.println(row);
	}

	/** Something to know beside the table. */
	public void note(String text) {
		this.notes.add("- " + text);
		System.out.println(text);
	}

	/** Writes the table and what to know beside it. */
	public void write(Path file, String title, String how) throws IOException {
		Files.createDirectories(file.getParent());
		String machine = "%d cores, Java %s, Linux %s".formatted(Runtime.getRuntime().availableProcessors(),
				Runtime.version(), System.getProperty("os.version"));
		Files.writeString(file, """
				# %s, measured %s

				%s; load, service and contenders share the machine; %s.

				| what | measured | target |
				| --- | --- | --- |
				%s

				%s
				""".formatted(title, LocalDate.now(ZoneId.systemDefault()), machine, how, String.join("\n", this.rows),
				String.join("\n", this.notes)));
	}

}
