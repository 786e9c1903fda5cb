package dev.pergola.bff.agui;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

import dev.pergola.bff.streams.Folding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one event of pieces of one text that follow each other: who replays a long answer
 * need not take it word by word.
 */
public final class Deltas implements Folding<byte[]> {

	private static final Set<String> FOLDED = Set.of("TEXT_MESSAGE_CONTENT", "REASONING_MESSAGE_CONTENT",
			"TOOL_CALL_ARGS");

	/** Where the type stands in what this process writes. */
	private static final int HEAD = 48;

	private final int maxBytes;

	/**
	 * Pieces up to a size.
	 * @param maxBytes of one event, about
	 */
	public Deltas(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	@Override
	public @Nullable Fold<byte[]> begin(byte[] value) {
		return piece(value).map((event) -> new Text(event, value.length, this.maxBytes)).orElse(null);
	}

	private static Optional<ObjectNode> piece(byte[] value) {
		String head = new String(value, 0, Math.min(HEAD, value.length), StandardCharsets.ISO_8859_1);
		if (FOLDED.stream().noneMatch(head::contains)) {
			return Optional.empty();
		}
		// One that says more than the text (a time, say) is left as it is.
		return AgUiEvents.parse(new String(value, StandardCharsets.UTF_8))
			.filter((event) -> FOLDED.contains(AgUiEvents.type(event)) && event.size() == 3
					&& event.path("delta").isString());
	}

	private static String name(ObjectNode event) {
		return AgUiEvents.type(event) + " " + event.path("messageId").asString("") + " "
				+ event.path("toolCallId").asString("");
	}

	private static final class Text implements Fold<byte[]> {

		private final ObjectNode event;

		private final StringBuilder delta;

		private final int maxBytes;

		private int bytes;

		Text(ObjectNode event, int bytes, int maxBytes) {
			this.event = event;
			this.delta = new StringBuilder(event.path("delta").stringValue());
			this.bytes = bytes;
			this.maxBytes = maxBytes;
		}

		@Override
		public boolean add(byte[] next) {
			if (this.bytes + next.length > this.maxBytes) {
				return false;
			}
			Optional<ObjectNode> piece = piece(next).filter((other) -> name(other).equals(name(this.event)));
			piece.ifPresent((other) -> {
				this.delta.append(other.path("delta").stringValue());
				this.bytes += next.length;
			});
			return piece.isPresent();
		}

		@Override
		public byte[] value() {
			return AgUiEvents.bytes(this.event.deepCopy().put("delta", this.delta.toString()));
		}

	}

}
