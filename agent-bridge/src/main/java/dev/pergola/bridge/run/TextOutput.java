package dev.pergola.bridge.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Turns what a program prints into one message that grows as it prints. A character whose
 * bytes come in several reads stays whole; bytes that are no UTF-8 become U+FFFD.
 */
final class TextOutput {

	private final String messageId;

	private final Consumer<String> events;

	private boolean open;

	TextOutput(String messageId, Consumer<String> events) {
		this.messageId = messageId;
		this.events = events;
	}

	/**
	 * Reads to the end of the stream.
	 * @param limitBytes most characters taken; about bytes for most texts
	 * @return whether the end was reached within the limit
	 */
	boolean relay(InputStream stdout, long limitBytes) throws IOException {
		Reader reader = new InputStreamReader(stdout, StandardCharsets.UTF_8);
		char[] buffer = new char[4096];
		long total = 0;
		int kept = 0;
		for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer, kept, buffer.length - kept)) {
			total += count;
			if (total > limitBytes) {
				return false;
			}
			int length = kept + count;
			kept = Character.isHighSurrogate(buffer[length - 1]) ? 1 : 0;
			emit(new String(buffer, 0, length - kept));
			buffer[0] = buffer[length - 1];
		}
		return true;
	}

	/**
	 * Whether the program printed anything.
	 */
	boolean isOpen() {
		return this.open;
	}

	void close() {
		if (this.open) {
			this.events.accept(AgUi.textEnd(this.messageId));
		}
	}

	private void emit(String text) {
		if (text.isEmpty()) {
			return;
		}
		if (!this.open) {
			this.open = true;
			this.events.accept(AgUi.textStart(this.messageId));
		}
		this.events.accept(AgUi.textContent(this.messageId, text));
	}

}
