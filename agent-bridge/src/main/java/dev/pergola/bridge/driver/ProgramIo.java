package dev.pergola.bridge.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Standard input and output of a program, and its place.
 */
public interface ProgramIo {

	/**
	 * The next line without its end. Framed on bytes, then decoded: a character whose
	 * bytes come in several reads is whole. A last line needs no end.
	 * @return {@code null} at the end of the output
	 * @throws DialogueException {@code LINE_TOO_LONG}, where the line is longer than the
	 * runner allows
	 */
	@Nullable String readLine() throws IOException, DialogueException;

	/**
	 * Standard output as bytes, for formats without lines. Not to be mixed with
	 * {@link #readLine()}.
	 */
	InputStream output();

	/**
	 * Writes one line and its end. Lines of several threads never mix.
	 * @param line has no line break
	 * @throws InputClosedException where the program takes no input any more
	 * @throws IOException where it did not read in time
	 */
	void writeLine(String line) throws IOException;

	/** Writes all of the text in the background, and then ends standard input. */
	void writeAll(byte[] text);

	/** Ends standard input. */
	void closeInput();

	/** The program's private home. */
	Path home();

	/** The program's working directory. */
	Path directory();

}
