package dev.pergola.registry.archive;

import dev.pergola.registry.request.Findings;
import dev.pergola.manifests.Finding;

/**
 * Findings about files of a bundle.
 */
public final class BundleFindings {

	private static final int SHOWN_CHARACTERS = 120;

	private BundleFindings() {
	}

	/**
	 * A finding at a file, whether or not the manifest names it.
	 * @param path any text
	 * @param reason rest of the sentence, such as {@code must not be absolute}
	 * @return finding that points below {@code /files}
	 */
	public static Finding at(String path, String reason) {
		String shown = printable(path);
		return Findings.at("/files/" + shown.replace("~", "~0").replace("/", "~1"), reason);
	}

	/** Names in an archive are anybody's; answers and logs show a harmless form. */
	private static String printable(String path) {
		String text = path.replaceAll("\\p{C}", "\uFFFD");
		return (text.length() <= SHOWN_CHARACTERS) ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
	}

}
