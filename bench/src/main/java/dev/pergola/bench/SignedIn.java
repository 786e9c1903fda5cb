package dev.pergola.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs a demo person in as a browser without scripts does, and keeps the cookies.
 */
public final class SignedIn {

	private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"(_csrf)\" value=\"([^\"]+)\"");

	private final Map<String, String> cookies = new LinkedHashMap<>();

	private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	/**
	 * Signs somebody in.
	 * @param portal address of the portal, without a slash at the end
	 * @param person name of a demo person, whose password is the name
	 */
	public SignedIn(String portal, String person) throws IOException, InterruptedException {
		HttpResponse<String> page = follow(URI.create(portal + "/"));
		Matcher hidden = HIDDEN.matcher(page.body());
		if (!hidden.find()) {
			throw new IllegalStateException("no sign-in page at " + page.uri());
		}
		String form = Map.of(hidden.group(1), hidden.group(2), "username", person, "password", person)
			.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		HttpResponse<String> answer = send(HttpRequest.newBuilder(page.uri().resolve("/sign-in"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
		follow(answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow()));
	}

	/**
	 * The page at an address, as this person gets it.
	 */
	public HttpResponse<String> follow(URI address) throws IOException, InterruptedException {
		HttpResponse<String> answer = send(HttpRequest.newBuilder(address).header("Accept", "text/html"));
		for (int hop = 0; hop < 12 && answer.statusCode() / 100 == 3; hop++) {
			URI next = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
			answer = send(HttpRequest.newBuilder(next).header("Accept", "text/html"));
		}
		return answer;
	}

	/**
	 * Headers of a call from a page of the portal.
	 */
	public Map<String, String> headers() {
		return Map.of("Cookie", cookies(), "X-Pergola", "1");
	}

	/**
	 * What a call from a page of the portal is answered.
	 */
	public HttpResponse<String> call(URI address) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(address).header("X-Pergola", "1"));
	}

	/**
	 * Value of the {@code Cookie} header.
	 */
	public String cookies() {
		return this.cookies.entrySet()
			.stream()
			.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		if (!this.cookies.isEmpty()) {
			request.header("Cookie", cookies());
		}
		HttpResponse<String> answer = this.client.send(request.header("Sec-Fetch-Site", "same-origin").build(),
				HttpResponse.BodyHandlers.ofString());
		answer.headers().allValues("Set-Cookie").forEach((cookie) -> {
			String[] pair = cookie.split(";", 2)[0].split("=", 2);
			this.cookies.put(pair[0], pair[1]);
		});
		return answer;
	}

}
