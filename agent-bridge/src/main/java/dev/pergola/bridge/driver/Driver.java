package dev.pergola.bridge.driver;

/**
 * A format a program speaks on standard input and output.
 */
public interface Driver {

	/**
	 * A dialogue with a program that has just been started; nothing has been read or
	 * written yet.
	 */
	Dialogue open(ProgramIo io);

}
