package dev.pergola.bridge.driver;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.pergola.bridge.agui.Message;
import dev.pergola.bridge.agui.RunInput;

/**
 * The conversation so far, for a program that was not there.
 */
public final class History {

	private History() {
	}

	/**
	 * What was said before the person's last message, as one text that says what it is.
	 * @return empty where nothing was
	 */
	public static Optional<String> text(RunInput input) {
		List<Message> history = input.history();
		return history.isEmpty() ? Optional.empty()
				: Optional.of(history.stream()
					.map((message) -> "[%s]\n%s".formatted(message.role(), message.text()))
					.collect(Collectors.joining("\n\n", "The conversation so far:\n\n",
							"\n\nThe message to answer now follows.")));
	}

}
