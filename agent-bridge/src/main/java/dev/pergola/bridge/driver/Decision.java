package dev.pergola.bridge.driver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A decision about a tool an agent wanted to use.
 *
 * @param interruptId Interrupt that asked.
 * @param tool The tool's name.
 * @param verdict What was decided.
 * @param reason Why: `answered` by a person, `abandoned` by one, or `cancelled` with the
 * run or because nobody answered in time.
 * @param argumentsHash SHA-256 of the tool's arguments as JSON, in hexadecimal digits.
 */
public record Decision(String interruptId, String tool, Verdict verdict, String reason, String argumentsHash) {

	private static final Logger audit = LoggerFactory.getLogger("dev.pergola.bridge.audit");

	static Decision of(Approval approval, Verdict verdict, String reason) {
		return new Decision(approval.id(), approval.tool(), verdict, reason, hash(approval.arguments()));
	}

	/**
	 * Writes the decision to the audit log; the line's time says when.
	 * @param principal who decided, or whose run it was where nobody did
	 */
	public void log(String runId, String principal) {
		audit.info(
				"decided about a tool: run={} principal=\"{}\" interrupt=\"{}\" tool=\"{}\" decision={} reason={} arguments={}",
				runId, plain(principal), plain(this.interruptId), plain(this.tool), this.verdict.text(), this.reason,
				this.argumentsHash);
	}

	/** A program chooses names: none of them may look like another line or field. */
	private static String plain(String text) {
		return text.replaceAll("[\\p{Cntrl}\"\\\\]", "?");
	}

	private static String hash(JsonNode arguments) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(arguments.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
