package dev.pergola.manifests;

/** JSON pointers (RFC 6901), and how a person writes the same place. */
final class Pointer {

	private Pointer() {
	}

	static String child(String pointer, String name) {
		return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
	}

	static String child(String pointer, int index) {
		return pointer + "/" + index;
	}

	/** {@code /pages/1/path} as {@code pages[1].path}, the root as "the manifest". */
	static String readable(String pointer) {
		if (pointer.isEmpty()) {
			return "the manifest";
		}
		StringBuilder text = new StringBuilder();
		for (String token : pointer.substring(1).split("/", -1)) {
			String name = token.replace("~1", "/").replace("~0", "~");
			if (name.matches("[0-9]{1,9}")) {
				text.append('[').append(name).append(']');
			}
			else if (name.matches("[A-Za-z$_][A-Za-z0-9$_-]{0,63}")) {
				text.append(text.isEmpty() ? "" : ".").append(name);
			}
			else {
				text.append("[\"").append(Quoted.shorten(name)).append("\"]");
			}
		}
		return text.toString();
	}

}
