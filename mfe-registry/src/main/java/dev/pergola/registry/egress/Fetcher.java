package dev.pergola.registry.egress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

import dev.pergola.manifests.egress.AddressRules;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Fetches files from addresses that teams give. The name is resolved once, what comes out
 * is checked, and the connection goes to exactly that address: a name that answers
 * otherwise the second time (DNS rebinding) gains nothing. Redirects are not followed and
 * no proxy is used.
 */
public final class Fetcher {

	private static final int HTTPS = 443;

	private final AddressRules rules;

	private final EgressProperties properties;

	private final HttpClient client;

	public Fetcher(EgressProperties properties) {
		this.rules = new AddressRules(properties.allowedHosts(), properties.localHosts());
		this.properties = properties;
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.connectTimeout().toMillis())
			.responseTimeout(properties.timeout())
			.followRedirect(false);
	}

	/**
	 * Writes what is at an address into a new file.
	 * @param url absolute, its host already known to be one of the team's
	 * @param maxBytes size it may have
	 * @param deadline when it has to be there
	 * @throws FetchRefusedException when it is not fetched
	 */
	public void fetch(URI url, Path file, long maxBytes, Instant deadline) throws FetchRefusedException {
		InetSocketAddress address = address(url);
		boolean secure = "https".equalsIgnoreCase(url.getScheme());
		HttpClient bound = this.client.remoteAddress(() -> address);
		Flux<byte[]> content = (secure ? bound.secure() : bound).get()
			.uri(path(url))
			.response((response, body) -> isFound(response) ? body.asByteArray()
					: Flux.error(new UncheckedIOException(
							new FetchRefusedException("answered %d".formatted(response.status().code())))))
			.timeout(this.properties.timeout());
		try (Stream<byte[]> chunks = content.toStream(8); OutputStream target = Files.newOutputStream(file)) {
			write(chunks.iterator(), target, maxBytes, deadline);
		}
		catch (FetchRefusedException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException ex) {
			throw refusal(ex);
		}
	}

	InetSocketAddress address(URI url) throws FetchRefusedException {
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		String host = url.getHost();
		if (host == null || url.getUserInfo() != null || !(scheme.equals("https") || scheme.equals("http"))) {
			throw new FetchRefusedException("must be an http or https address without a user");
		}
		int port = (url.getPort() > 0) ? url.getPort() : scheme.equals("https") ? HTTPS : 80;
		String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
		try {
			InetAddress permitted = Arrays.stream(InetAddress.getAllByName(name))
				.filter((each) -> this.rules.permits(name, each))
				.findFirst()
				.orElseThrow(() -> new UnknownHostException(name));
			return new InetSocketAddress(InetAddress.getByAddress(name, permitted.getAddress()), port);
		}
		catch (UnknownHostException ex) {
			// Whether a name is unknown or inside is nobody's business.
			throw new FetchRefusedException("its host cannot be reached from here");
		}
	}

	private static void write(Iterator<byte[]> chunks, OutputStream target, long maxBytes, Instant deadline)
			throws IOException {
		long bytes = 0;
		while (chunks.hasNext()) {
			byte[] chunk = chunks.next();
			bytes += chunk.length;
			if (bytes > maxBytes) {
				throw new FetchRefusedException("is larger than %d bytes".formatted(maxBytes));
			}
			if (Duration.between(Instant.now(), deadline).isNegative()) {
				throw new FetchRefusedException("takes too long");
			}
			target.write(chunk);
		}
	}

	private static String path(URI url) {
		String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
		return (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
	}

	private static boolean isFound(HttpClientResponse response) {
		return response.status().code() == 200;
	}

	private static FetchRefusedException refusal(RuntimeException failure) {
		Throwable cause = failure;
		for (int i = 0; cause != null && i < 8; i++) {
			if (cause instanceof FetchRefusedException refused) {
				return refused;
			}
			cause = cause.getCause();
		}
		return new FetchRefusedException("does not answer");
	}

}
