package dev.pergola.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * As much of a browser as a sign-in needs: cookies, and everything it ever received.
 */
final class TestBrowser {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Map<String, String> cookies = new LinkedHashMap<>();

	private final String portal;

	/** Headers and bodies of all answers of the portal. */
	final List<String> received = new ArrayList<>();

	TestBrowser(String portal) {
		this.portal = portal;
	}

	String cookie(String name) {
		return this.cookies.get(name);
	}

	void putCookie(String name, String value) {
		this.cookies.put(name, value);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	HttpResponse<String> post(String path, String body, String... headers) {
		return send(request(path, headers).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	CompletableFuture<HttpResponse<String>> getAsync(String path, String... headers) {
		return this.client.sendAsync(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Signs in and returns the answer to the callback.
	 */
	HttpResponse<String> signIn(String person, String returnUrl) {
		HttpResponse<String> start = get("/oauth2/authorization/pergola?returnUrl=" + returnUrl);
		return get(callback(person, start));
	}

	/**
	 * Where the provider sends the person back to.
	 */
	String callback(String person, HttpResponse<String> start) {
		return callback(person, start, this.portal);
	}

	/**
	 * Where the provider sends the person back to, on whichever node.
	 */
	String callback(String person, HttpResponse<String> start, String origin) {
		String authorize = location(start);
		String provider = authorize.substring(0, authorize.indexOf("/oauth2/"));
		try {
			HttpResponse<String> login = this.client.send(HttpRequest.newBuilder(URI.create(provider + "/login"))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("username=%s&password=%s".formatted(person, person)))
				.build(), HttpResponse.BodyHandlers.ofString());
			String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
			String back = location(
					this.client.send(HttpRequest.newBuilder(URI.create(authorize)).header("Cookie", cookie).build(),
							HttpResponse.BodyHandlers.ofString()));
			return back.substring(origin.length());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String location(HttpResponse<String> response) {
		return response.headers()
			.firstValue("Location")
			.orElseThrow(() -> new IllegalStateException(response.statusCode() + " " + response.body()));
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.portal + path));
		if (!this.cookies.isEmpty()) {
			request.header("Cookie",
					this.cookies.entrySet()
						.stream()
						.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
						.collect(Collectors.joining("; ")));
		}
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
			this.received.add(response.headers().map() + "\n" + response.body());
			response.headers().allValues("Set-Cookie").forEach(this::keep);
			return response;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void keep(String header) {
		String pair = header.split(";", 2)[0];
		String name = pair.substring(0, pair.indexOf('='));
		if (header.contains("Max-Age=0")) {
			this.cookies.remove(name);
		}
		else {
			this.cookies.put(name, pair.substring(name.length() + 1));
		}
	}

}
