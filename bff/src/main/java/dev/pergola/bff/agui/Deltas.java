package dev.pergola.bff.agui;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.pergola.bff.streams.Folding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes one event of pieces of one text that follow each other: who replays a long answer
 * need not take it word by word.
 */
public final class Deltas implements Folding<byte[]> {

	private static final String TEXT = "TEXT_MESSAGE_CONTENT";

	private static final String REASONING = "REASONING_MESSAGE_CONTENT";

	private static final String ARGUMENTS = "TOOL_CALL_ARGS";

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
		if (!head.contains(TEXT) && !head.contains(REASONING) && !head.contains(ARGUMENTS)) {
			return Optional.empty();
		}
		return AgUiEvents.parse(new String(value, StandardCharsets.UTF_8)).filter((event) -> !kind(event).isEmpty());
	}

	/**
	 * Kind of what an event is more text of, such as {@code TEXT_MESSAGE}.
	 * @return empty for any other event, and for one that says more than the text (a
	 * time, say)
	 */
	static String kind(ObjectNode event) {
		String kind = switch (AgUiEvents.type(event)) {
			case TEXT -> "TEXT_MESSAGE";
			case REASONING -> "REASONING_MESSAGE";
			case ARGUMENTS -> "TOOL_CALL";
			default -> "";
		};
		boolean plain = event.size() == 3 && event.get("delta") instanceof StringNode
				&& event.get(kind.equals("TOOL_CALL") ? "toolCallId" : "messageId") instanceof StringNode;
		return plain ? kind : "";
	}

	/** Whether an event is nothing but more of a text. */
	public static boolean isPiece(ObjectNode event) {
		return !kind(event).isEmpty();
	}

	/** Id of what such an event is more text of. */
	static String id(ObjectNode event) {
		return event.path(event.has("messageId") ? "messageId" : "toolCallId").stringValue();
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
			Optional<ObjectNode> piece = piece(next)
				.filter((other) -> kind(other).equals(kind(this.event)) && id(other).equals(id(this.event)));
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
