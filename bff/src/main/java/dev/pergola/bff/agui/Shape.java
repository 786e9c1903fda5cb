package dev.pergola.bff.agui;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a value of an event has to be, as AG-UI 1.1 says under "Processing Model": what is
 * unknown is left out, what is known and wrong is refused.
 */
sealed interface Shape {

	/** A text. */
	Shape TEXT = new Plain("a text", JsonNode::isString);

	/** A whole number. */
	Shape WHOLE = new Plain("a whole number", JsonNode::isIntegralNumber);

	/** A number of things. */
	Shape COUNT = new Plain("a whole number, 0 or more", (node) -> node.isIntegralNumber() && node.asLong(-1) >= 0);

	/** {@code true} or {@code false}. */
	Shape FLAG = new Plain("true or false", JsonNode::isBoolean);

	/** An object of any fields. */
	Shape OPEN = new Plain("an object", JsonNode::isObject);

	/** Any value, {@code null} too. */
	Shape ANY = new Plain("a value", (node) -> true);

	/**
	 * Checks a value and takes out of it what is unknown.
	 * @return whether the value is of a kind AG-UI knows
	 * @throws MalformedEventException when it is, and is wrong; it names the place in the
	 * value, such as {@code .usage[].model}
	 */
	boolean prune(JsonNode value);

	/** A value of one kind. */
	record Plain(String expected, java.util.function.Predicate<JsonNode> fits) implements Shape {

		@Override
		public boolean prune(JsonNode value) {
			return expect(this.fits.test(value), this.expected);
		}

	}

	/** One of some words. */
	record Word(Set<String> words) implements Shape {

		@Override
		public boolean prune(JsonNode value) {
			expect(value.isString(), "a text");
			return this.words.contains(value.stringValue());
		}

	}

	/** A list; entries of an unknown kind are taken out. */
	record Many(Shape each, int atLeast) implements Shape {

		@Override
		public boolean prune(JsonNode value) {
			expect(value instanceof ArrayNode, "a list");
			for (Iterator<JsonNode> entries = value.iterator(); entries.hasNext();) {
				if (!isKnown(entries.next())) {
					entries.remove();
				}
			}
			return expect(value.size() >= this.atLeast, "a list that is not empty");
		}

		private boolean isKnown(JsonNode entry) {
			try {
				return this.each.prune(entry);
			}
			catch (MalformedEventException ex) {
				throw ex.in("[]");
			}
		}

	}

	/** A text, or something else. */
	record TextOr(Shape other) implements Shape {

		@Override
		public boolean prune(JsonNode value) {
			return value.isString() || this.other.prune(value);
		}

	}

	/** An object whose field says which of several it is. */
	record Kinds(String field, Map<String, Shape> kinds) implements Shape {

		@Override
		public boolean prune(JsonNode value) {
			expect(value.isObject(), "an object");
			JsonNode kind = value.path(this.field);
			if (!kind.isString()) {
				throw new MalformedEventException("." + this.field, "a text");
			}
			Shape shape = this.kinds.get(kind.stringValue());
			return shape != null && shape.prune(value);
		}

	}

	/**
	 * An object of these fields.
	 *
	 * @param closed whether other fields are taken out
	 */
	record Fields(Map<String, Field> fields, boolean closed) implements Shape {

		@Override
		public boolean prune(JsonNode value) {
			expect(value.isObject(), "an object");
			ObjectNode object = (ObjectNode) value;
			if (this.closed) {
				object.properties().removeIf((entry) -> !this.fields.containsKey(entry.getKey()));
			}
			boolean known = true;
			for (Map.Entry<String, Field> field : this.fields.entrySet()) {
				known &= field.getValue().prune(object, field.getKey());
			}
			return known;
		}

	}

	/**
	 * A field of an object.
	 *
	 * @param otherwise what stands for a required field that is missing, {@code null}
	 * when nothing may
	 */
	record Field(Shape shape, boolean required, @Nullable JsonNode otherwise) {

		/**
		 * Checks the field; an unknown value of a required one makes the object unknown.
		 */
		boolean prune(ObjectNode object, String name) {
			JsonNode value = object.get(name);
			if (value == null || (value.isNull() && !(this.required && this.shape == ANY))) {
				object.remove(name);
				if (this.required) {
					if (this.otherwise == null) {
						throw new MalformedEventException("." + name, "there");
					}
					object.set(name, this.otherwise);
				}
				return true;
			}
			if (isKnown(value, name)) {
				return true;
			}
			object.remove(name);
			return !this.required;
		}

		private boolean isKnown(JsonNode value, String name) {
			try {
				return this.shape.prune(value);
			}
			catch (MalformedEventException ex) {
				throw ex.in("." + name);
			}
		}

	}

	// The place is told by whoever holds the value: it is not put together for each that
	// fits.
	private static boolean expect(boolean fits, String expected) {
		if (!fits) {
			throw new MalformedEventException("", expected);
		}
		return true;
	}

}
