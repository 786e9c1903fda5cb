package dev.pergola.bridge.driver.acp;

import java.time.Duration;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.driver.ProgramIo;

/**
 * Speaks ACP with a program, as its client. It lends the program nothing: no files, no
 * terminals.
 *
 * @param approvalPatience time a person has to allow a tool
 */
public record AcpDriver(Duration approvalPatience) implements Driver {

	@Override
	public Dialogue open(ProgramIo io) {
		return new AcpDialogue(io, this.approvalPatience);
	}

}
