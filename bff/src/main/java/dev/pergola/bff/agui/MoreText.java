package dev.pergola.bff.agui;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.node.ObjectNode;

/**
 * Writes more of a text under what stands around it: events that differ in nothing else
 * need not be read to be written.
 */
final class MoreText {

	private final String head;

	private final String tail;

	/** Whether events come as they are written. */
	private final boolean same;

	/**
	 * For what follows a piece of a text.
	 * @param piece as it is told
	 * @param next what came behind it
	 */
	MoreText(ObjectNode piece, NextEvent next) {
		String json = new String(AgUiEvents.bytes(piece.deepCopy().put("delta", "")), StandardCharsets.UTF_8);
		int text = json.indexOf("\"delta\":\"\"") + "\"delta\":\"".length();
		this.head = json.substring(0, text);
		this.tail = json.substring(text);
		this.same = this.head.equals(next.head()) && this.tail.equals(AgUiReader.TAIL);
	}

	/** An event, as JSON on one line. */
	byte[] bytes(NextEvent next) {
		String json = this.same ? next.json() : this.head + next.text() + this.tail;
		return json.getBytes(StandardCharsets.UTF_8);
	}

}
