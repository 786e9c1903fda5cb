package dev.pergola.registry.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentHashTests {

	@Test
	void isWrittenAsSubresourceIntegrityDoes() throws IOException {
		// openssl dgst -sha384 -binary | openssl base64 -A, over "content"
		String expected = "VAbr6hYY6bc6cpDF1xbwtHtPH7xdjF54yQEKPgHBjYWUqpQuNTb34BV0JF00ZHUj";
		assertThat(ContentHash.of(new ByteArrayInputStream("content".getBytes(StandardCharsets.UTF_8))).integrity())
			.isEqualTo("sha384-" + expected);
	}

}
