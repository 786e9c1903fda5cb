package dev.pergola.bff.agui;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The next event of an AG-UI stream: as it is or, where it is the event before it with
 * another text, as the text alone. Nearly all that agents write is more of a text, and to
 * read and write each piece as JSON is most of what it costs to hand it on.
 */
public final class NextEvent {

	private final String json;

	private final int text;

	private @Nullable ObjectNode event;

	private NextEvent(String json, int text, @Nullable ObjectNode event) {
		this.json = json;
		this.text = text;
		this.event = event;
	}

	/** An event that is told as it is. */
	public static NextEvent of(ObjectNode event) {
		return new NextEvent("", 0, event);
	}

	/**
	 * More of the text of the event before it.
	 * @param json the whole event, whose text is its last value
	 * @param text where the text begins, behind its quotation mark
	 */
	static NextEvent more(String json, int text) {
		return new NextEvent(json, text, null);
	}

	/** Whether it is the event before it, but for the text. */
	public boolean isMore() {
		return this.text > 0;
	}

	/** Whether a run is over with it. */
	public boolean isEnd() {
		return !isMore() && AgUiEvents.isEnd(event());
	}

	/** The whole event; read from JSON where it was not yet. */
	public ObjectNode event() {
		ObjectNode known = this.event;
		if (known == null) {
			known = AgUiEvents.parse(this.json)
				.orElseThrow(() -> new IllegalStateException("event: not of a text (expected: more of one)"));
			this.event = known;
		}
		return known;
	}

	/** The event as JSON, as it came. */
	String json() {
		return this.json;
	}

	/** What stands before its text. */
	String head() {
		return this.json.substring(0, this.text);
	}

	/** Its text, as it stands in JSON. */
	String text() {
		return this.json.substring(this.text, this.json.length() - AgUiReader.TAIL.length());
	}

}
