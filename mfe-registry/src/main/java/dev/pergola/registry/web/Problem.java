package dev.pergola.registry.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Finding;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * An answer that says what went wrong (RFC 9457).
 *
 * @param name last part of the type, which never changes
 * @param members further members
 * @param headers headers of the answer
 */
record Problem(String name, HttpStatusCode status, String detail, Map<String, Object> members, HttpHeaders headers) {

	static Problem of(int status, String name, String detail) {
		return new Problem(name, HttpStatusCode.valueOf(status), detail, new LinkedHashMap<>(), new HttpHeaders());
	}

	Problem with(String member, Object value) {
		this.members.put(member, value);
		return this;
	}

	Problem withHeader(String header, String value) {
		this.headers.set(header, value);
		return this;
	}

	Problem withFindings(List<Finding> findings) {
		return with("findings", findings.stream().map(Problem::finding).toList());
	}

	/**
	 * The body.
	 * @param traceId trace id of the request
	 */
	Map<String, Object> body(String traceId) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "/problems/" + this.name);
		body.put("title", title());
		body.put("status", this.status.value());
		body.put("detail", this.detail);
		body.putAll(this.members);
		body.put("traceId", traceId);
		return body;
	}

	private String title() {
		String words = this.name.replace('-', ' ');
		return Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

	private static Map<String, Object> finding(Finding finding) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("pointer", finding.pointer());
		members.put("message", finding.message());
		if (finding.line() > 0) {
			members.put("line", finding.line());
			members.put("column", finding.column());
		}
		return members;
	}

}
