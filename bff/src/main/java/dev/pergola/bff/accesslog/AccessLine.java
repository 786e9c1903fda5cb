package dev.pergola.bff.accesslog;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.pergola.bff.accesslog.AccessLogProperties.SubjectForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes an entry as one line of JSON; for one thread. */
final class AccessLine {

	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private static final int MAX_PATH = 1024;

	private static final int MAX_WORD = 128;

	private final SubjectForm form;

	private final Mac mac;

	AccessLine(AccessLogProperties properties) {
		this.form = properties.subject();
		this.mac = mac(properties.subjectKey());
	}

	/** Fields in an order that never changes; what is not known is left out. */
	String write(AccessEntry entry) {
		StringWriter line = new StringWriter(512);
		try (JsonGenerator json = JSON.createGenerator(line)) {
			json.writeStartObject();
			json.writeStringProperty("time", entry.at().toString());
			json.writeStringProperty("traceId", entry.traceId());
			json.writeStringProperty("method", cut(entry.method(), MAX_WORD));
			json.writeStringProperty("path", cut(entry.path(), MAX_PATH));
			json.writeNumberProperty("status", entry.status());
			json.writeStringProperty("outcome", entry.outcome().label());
			optional(json, "problem", entry.problem());
			json.writeStringProperty("kind", entry.kind().label());
			json.writeStringProperty("module", entry.module());
			json.writeStringProperty("team", entry.team());
			optional(json, "version", entry.version());
			json.writeNumberProperty("ms", millis(entry.nanos()));
			if (entry.upstreamNanos() >= 0) {
				json.writeNumberProperty("upstreamMs", millis(entry.upstreamNanos()));
			}
			json.writeNumberProperty("bytesIn", entry.bytesIn());
			json.writeNumberProperty("bytesOut", entry.bytesOut());
			optional(json, "subject", subject(entry.subject()));
			optional(json, "client", entry.client());
			optional(json, "peer", peer(entry.peer()));
			json.writeStringProperty("protocol", entry.protocol());
			json.writeEndObject();
		}
		return line.toString();
	}

	private static void optional(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, cut(value, MAX_WORD));
		}
	}

	private @Nullable String subject(@Nullable String subject) {
		if (subject == null) {
			return null;
		}
		return switch (this.form) {
			case PLAIN -> subject;
			case NONE -> null;
			case HASHED ->
				HexFormat.of().formatHex(this.mac.doFinal(subject.getBytes(StandardCharsets.UTF_8))).substring(0, 16);
		};
	}

	private static @Nullable String peer(@Nullable InetSocketAddress peer) {
		return (peer != null && peer.getAddress() != null) ? peer.getAddress().getHostAddress() : null;
	}

	private static BigDecimal millis(long nanos) {
		return BigDecimal.valueOf(nanos / 1000, 3);
	}

	private static String cut(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length);
	}

	private static Mac mac(String key) {
		byte[] secret = key.getBytes(StandardCharsets.UTF_8);
		if (secret.length == 0) {
			secret = new byte[32];
			new SecureRandom().nextBytes(secret);
		}
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret, "HmacSHA256"));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
