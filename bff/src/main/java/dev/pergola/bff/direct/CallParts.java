package dev.pergola.bff.direct;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pergola.bff.compression.Compression;
import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.observe.Observer;
import dev.pergola.bff.server.TrustedProxies;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.session.KnownSessions;
import io.netty.util.AsciiString;

import org.springframework.util.unit.DataSize;

/**
 * What every call needs, on whichever event loop.
 *
 * @param streams bounds streams
 * @param sessionCheck time between looks whether the session of a stream goes on
 * @param maxAnswer size of an answer that is no stream
 * @param always headers every response of the portal has
 */
record CallParts(KnownSessions sessions, ServiceStreams streams, Duration sessionCheck, Observer observer,
		Limits limits, TrustedProxies proxies, Compression compression, DataSize maxAnswer,
		Map<AsciiString, AsciiString> always) {

	/** Headers as they go out. */
	static Map<AsciiString, AsciiString> bytes(Map<String, String> headers) {
		Map<AsciiString, AsciiString> bytes = new LinkedHashMap<>();
		headers.forEach((name, value) -> bytes.put(Ascii.of(name), Ascii.of(value)));
		return Collections.unmodifiableMap(bytes);
	}

}
