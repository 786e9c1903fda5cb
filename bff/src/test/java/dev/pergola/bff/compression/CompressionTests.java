package dev.pergola.bff.compression;

import java.util.List;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class CompressionTests {

	private final Compression compression = new Compression(
			Binder.get(new MockEnvironment()).bindOrCreate("x", CompressionProperties.class));

	private final HttpHeaders request = new DefaultHttpHeaders().set("Accept-Encoding", "br, gzip");

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZIP", "x-gzip", "br, gzip;q=0.1", "*", "deflate, *;q=0.5" })
	void whoTakesGzipGetsIt(String accepts) {
		assertThat(AcceptEncoding.takesGzip(List.of(accepts))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "", "gzipped" })
	void whoDoesNotTakeGzipGetsNone(String accepts) {
		assertThat(AcceptEncoding.takesGzip(List.of(accepts))).isFalse();
	}

	@Test
	void aStrongTagGetsAMarkAndAWeakOneStays() {
		assertThat(tagAfter("\"v1\"")).isEqualTo("\"v1--gz\"");
		assertThat(tagAfter("W/\"v1\"")).isEqualTo("W/\"v1\"");
	}

	@Test
	void theUpstreamKnowsTagsWithoutTheMark() {
		assertThat(EntityTags.plain("\"a--gz\", W/\"b\", \"c\"")).isEqualTo("\"a\", W/\"b\", \"c\"");
	}

	@Test
	void anAnswerThatIsNotModifiedKeepsTheMark() {
		this.request.set("If-None-Match", "\"v1--gz\"");
		HttpHeaders response = new DefaultHttpHeaders().set("ETag", "\"v1\"");
		assertThat(this.compression.prepare(this.request, false, 304, response)).isFalse();
		assertThat(response.get("ETag")).isEqualTo("\"v1--gz\"");
		this.request.set("If-None-Match", "\"v1\"");
		response.set("ETag", "\"v1\"");
		this.compression.prepare(this.request, false, 304, response);
		assertThat(response.get("ETag")).isEqualTo("\"v1\"");
	}

	@ParameterizedTest
	@CsvSource({ "Content-Type,text/event-stream", "Content-Type,application/x-ndjson", "Content-Type,image/png",
			"Content-Type,text/html", "Content-Type,application/grpc+json", "Content-Encoding,br",
			"Content-Length,1023", "Content-Length,much", "Content-Range,bytes 0-1/2", "Cache-Control,no-transform" })
	void theRestIsLeftAlone(String name, String value) {
		HttpHeaders response = json().set(name, value);
		HttpHeaders before = response.copy();
		assertThat(this.compression.prepare(this.request, false, 200, response)).isFalse();
		assertThat(response).isEqualTo(before);
	}

	@Test
	void cachesAreToldThatItDependsOnTheEncodingEvenForWhoTakesNone() {
		HttpHeaders response = json().set("Vary", "Origin");
		assertThat(this.compression.prepare(new DefaultHttpHeaders(), false, 200, response)).isFalse();
		assertThat(response.getAll("Vary")).containsExactly("Origin", "accept-encoding");
		assertThat(response.get("Accept-Ranges")).isEqualTo("bytes");
	}

	private String tagAfter(String tag) {
		HttpHeaders response = json().set("ETag", tag);
		assertThat(this.compression.prepare(this.request, false, 200, response)).isTrue();
		assertThat(response.contains("Accept-Ranges")).isFalse();
		return response.get("ETag");
	}

	private static HttpHeaders json() {
		return new DefaultHttpHeaders().set("Content-Type", "application/json; charset=utf-8")
			.set("Content-Length", "1024")
			.set("Accept-Ranges", "bytes");
	}

}
