package dev.pergola.bridge.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.pergola.bridge.driver.claude.ModelStub;
import dev.pergola.bridge.driver.claude.ModelStub.Block;
import dev.pergola.bridge.driver.claude.ModelStub.Message;
import dev.pergola.bridge.driver.claude.ModelStub.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
@Tag("CLI-26")
class ModelGatewayTests {

	private static final String KEY = "the-real-key";

	private final CountDownLatch afterFirstPiece = new CountDownLatch(1);

	private final ModelStub model = new ModelStub(0,
			(body) -> body.contains("refuse") ? new Refusal(429, "rate_limit_error") : new Message(() -> {
				if (body.contains("slow")) {
					await(this.afterFirstPiece);
				}
			}, List.of(Block.text("Hi", " there"))));

	private final ModelGateway gateway = new ModelGateway(new ModelGatewayProperties(this.model.uri(), KEY, 4));

	private final HttpClient client = HttpClient.newHttpClient();

	ModelGatewayTests() throws IOException {
	}

	@AfterEach
	void close() {
		this.afterFirstPiece.countDown();
		this.gateway.close();
		this.model.close();
		this.client.close();
	}

	@Test
	void aKeyWithoutAnAddressStopsTheStartAndSaysWhatIsMissing() {
		Binder settings = new Binder(new MapConfigurationPropertySource(Map.of("gateway.key", KEY)));
		assertThatThrownBy(() -> settings.bind("gateway", ModelGatewayProperties.class)).rootCause()
			.hasMessage("pergola.agent-bridge.model-gateway.upstream: none (expected: http or https address)");
	}

	@Test
	void aProgramReachesTheModelWithoutItsKey() throws Exception {
		try (ModelGateway.Pass pass = this.gateway.issue()) {
			HttpResponse<String> answer = ask(pass, "/v1/messages?beta=true", "hello");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
			assertThat(answer.body()).contains("text_delta", "message_stop");
			assertThat(this.model.keys).containsExactly(KEY);
			assertThat(this.model.requests).containsExactly("hello");
			assertThat(pass.environment().values()).noneMatch((value) -> value.contains(KEY));
		}
	}

	@Test
	void piecesArePassedOnAsTheyCome() throws Exception {
		try (ModelGateway.Pass pass = this.gateway.issue();
				Stream<String> lines = this.client
					.send(request(pass, "/v1/messages", "slow"), HttpResponse.BodyHandlers.ofLines())
					.body()) {
			Iterator<String> each = lines.iterator();
			String line = each.next();
			while (!line.contains("Hi")) {
				line = each.next();
			}
			assertThat(this.afterFirstPiece.getCount()).as("the model has not said the rest").isOne();
			this.afterFirstPiece.countDown();
			assertThat(Stream.generate(each::next).filter((next) -> next.contains("message_stop")).findFirst())
				.isPresent();
		}
	}

	@Test
	void refusalsOfTheModelArePassedOn() throws Exception {
		try (ModelGateway.Pass pass = this.gateway.issue()) {
			assertThat(ask(pass, "/v1/messages", "refuse").statusCode()).isEqualTo(429);
		}
	}

	@Test
	void aPassThatIsUnknownOrClosedOpensNothing() throws Exception {
		ModelGateway.Pass pass = this.gateway.issue();
		pass.close();
		assertThat(ask(pass, "/v1/messages", "hello").statusCode()).isEqualTo(401);
		HttpRequest bare = HttpRequest
			.newBuilder(URI.create(pass.environment().get("ANTHROPIC_BASE_URL")).resolve("/v1/messages"))
			.POST(HttpRequest.BodyPublishers.ofString("hello"))
			.build();
		assertThat(this.client.send(bare, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(401);
		assertThat(this.model.requests).isEmpty();
	}

	@Test
	void nothingButMessagesIsPassedOn() throws Exception {
		try (ModelGateway.Pass pass = this.gateway.issue()) {
			for (String path : new String[] { "/v1/files", "/v1/messages/../files", "/v1/messages/batches", "/" }) {
				assertThat(ask(pass, path, "hello").statusCode()).as(path).isEqualTo(404);
			}
			assertThat(this.model.requests).isEmpty();
		}
	}

	@Test
	void theKeyGoesNowhereButToTheModel() throws Exception {
		try (ModelGateway.Pass pass = this.gateway.issue();
				ModelStub elsewhere = new ModelStub(0, (body) -> new Message(() -> {
				}, List.of(Block.text("Hi"))));
				Socket socket = new Socket("127.0.0.1",
						URI.create(pass.environment().get("ANTHROPIC_BASE_URL")).getPort())) {
			socket.getOutputStream()
				.write(("POST %s/v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: %s\r\nContent-Length: 2\r\n\r\n{}")
					.formatted(elsewhere.uri(), pass.environment().get("ANTHROPIC_API_KEY"))
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine()).contains("404");
			assertThat(elsewhere.keys).isEmpty();
		}
	}

	@Test
	void aModelThatIsAwayIsABadGateway() throws Exception {
		this.model.close();
		try (ModelGateway.Pass pass = this.gateway.issue()) {
			assertThat(ask(pass, "/v1/messages", "hello").statusCode()).isEqualTo(502);
		}
	}

	private HttpResponse<String> ask(ModelGateway.Pass pass, String path, String body) throws Exception {
		return this.client.send(request(pass, path, body), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest request(ModelGateway.Pass pass, String path, String body) {
		return HttpRequest.newBuilder(URI.create(pass.environment().get("ANTHROPIC_BASE_URL") + path))
			.version(HttpClient.Version.HTTP_1_1)
			.header("x-api-key", pass.environment().get("ANTHROPIC_API_KEY"))
			.header("content-type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
