package dev.pergola.bff.filter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** gRPC passes through the bff: a real server behind it and a real client before it. */
class GrpcIntegrationTests {

	private static final Metadata.Key<String> DETAIL = Metadata.Key.of("deal-detail", Metadata.ASCII_STRING_MARSHALLER);

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private static final Map<String, String> seen = new ConcurrentHashMap<>();

	private static final CountDownLatch cancelled = new CountDownLatch(1);

	private static Server server;

	private static TestBff bff;

	private static ManagedChannel channel;

	@BeforeAll
	static void start() throws Exception {
		server = NettyServerBuilder.forPort(0)
			.addService(ServerInterceptors.intercept(service(), new Headers()))
			.build()
			.start();
		bff = TestBff.start("server.http2.enabled=true");
		bff.publish(TestCatalog.module("deals", "http://localhost:" + server.getPort()));
		channel = NettyChannelBuilder.forAddress("localhost", bff.port()).usePlaintext().build();
	}

	@AfterAll
	static void stop() throws Exception {
		channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
		bff.close();
		server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
	}

	@Test
	void aCallIsAnsweredInThePersonsName() {
		String token = TestBff.token("ada");
		assertThat(ClientCalls.blockingUnaryCall(channel(token), method(MethodType.UNARY, "Say"), CallOptions.DEFAULT,
				"hällo"))
			.isEqualTo("hällo");
		assertThat(seen.get("authorization")).isEqualTo("Bearer " + token);
	}

	@Test
	void statusAndTrailersReachTheCaller() {
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(MethodType.UNARY, "Fail", "x"))
			.satisfies((ex) -> {
				assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
				assertThat(ex.getStatus().getDescription()).isEqualTo("no such deal: x");
				assertThat(ex.getTrailers().get(DETAIL)).isEqualTo("42");
			});
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(MethodType.UNARY, "Missing", "x"))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
	}

	/** The server of gRPC for Java keeps this header to itself. */
	@Test
	void theServiceIsToldThatTrailersAreUnderstood() {
		DisposableServer plain = HttpServer.create()
			.protocol(HttpProtocol.H2C)
			.host("localhost")
			.port(0)
			.handle((request, response) -> {
				seen.put("te", String.valueOf(request.requestHeaders().get("te")));
				return request.receive()
					.then(response.header("content-type", "application/grpc").header("grpc-status", "5").send());
			})
			.bindNow();
		try {
			bff.publish(TestCatalog.module("deals", "http://localhost:" + server.getPort()),
					TestCatalog.module("bare", "http://localhost:" + plain.port()));
			MethodDescriptor<String, String> method = descriptor(MethodType.UNARY, "api/bare/x.Y/Z");
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> ClientCalls.blockingUnaryCall(channel(TestBff.token("ada")), method,
						CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(20)), "x"))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
			assertThat(seen.get("te")).isEqualTo("trailers");
		}
		finally {
			plain.disposeNow();
		}
	}

	@Test
	void messagesOfAStreamComeAsTheyAreSentAndTheStatusAfterThem() {
		Iterator<String> answers = ClientCalls.blockingServerStreamingCall(channel(TestBff.token("ada")),
				method(MethodType.SERVER_STREAMING, "Count"), CallOptions.DEFAULT, "3");
		List<String> received = new ArrayList<>();
		answers.forEachRemaining(received::add);
		assertThat(received).containsExactly("1", "2", "3");
	}

	@Test
	void bothSidesTalkInTurn() throws Exception {
		BlockingQueue<String> answers = new LinkedBlockingQueue<>();
		StreamObserver<String> requests = ClientCalls.asyncBidiStreamingCall(
				channel(TestBff.token("ada")).newCall(method(MethodType.BIDI_STREAMING, "Chat"), CallOptions.DEFAULT),
				new Collector(answers));
		for (String word : List.of("one", "two", "three")) {
			requests.onNext(word);
			assertThat(answers.poll(5, TimeUnit.SECONDS)).isEqualTo("re: " + word);
		}
		requests.onCompleted();
		assertThat(answers.poll(5, TimeUnit.SECONDS)).isEqualTo("(end)");
	}

	@Test
	void aCallerThatGivesUpIsHeardByTheService() throws Exception {
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> ClientCalls.blockingUnaryCall(channel(TestBff.token("ada")),
					method(MethodType.UNARY, "Never"), CallOptions.DEFAULT.withDeadlineAfter(Duration.ofMillis(500)),
					"x"))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
		assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void nobodyWithoutATokenReachesTheService() {
		seen.clear();
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> ClientCalls.blockingUnaryCall(channel("nonsense"), method(MethodType.UNARY, "Say"),
					CallOptions.DEFAULT, "x"))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
		assertThat(seen).isEmpty();
	}

	private static String call(MethodType type, String name, String request) {
		return ClientCalls.blockingUnaryCall(channel(TestBff.token("ada")), method(type, name),
				CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(20)), request);
	}

	private static io.grpc.Channel channel(String token) {
		Metadata headers = new Metadata();
		headers.put(AUTHORIZATION, "Bearer " + token);
		return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
	}

	/** As a caller names it: the path of the module comes first. */
	private static MethodDescriptor<String, String> method(MethodType type, String name) {
		return descriptor(type, "api/deals/deals.Deals/" + name);
	}

	private static MethodDescriptor<String, String> descriptor(MethodType type, String name) {
		return MethodDescriptor.<String, String>newBuilder()
			.setType(type)
			.setFullMethodName(name)
			.setRequestMarshaller(new Text())
			.setResponseMarshaller(new Text())
			.build();
	}

	private static ServerServiceDefinition service() {
		return ServerServiceDefinition.builder("deals.Deals")
			.addMethod(descriptor(MethodType.UNARY, "deals.Deals/Say"),
					ServerCalls.asyncUnaryCall((request, answers) -> {
						answers.onNext(request);
						answers.onCompleted();
					}))
			.addMethod(descriptor(MethodType.UNARY, "deals.Deals/Fail"),
					ServerCalls.asyncUnaryCall((request, answers) -> {
						Metadata trailers = new Metadata();
						trailers.put(DETAIL, "42");
						answers.onError(Status.FAILED_PRECONDITION.withDescription("no such deal: " + request)
							.asRuntimeException(trailers));
					}))
			.addMethod(descriptor(MethodType.UNARY, "deals.Deals/Never"),
					ServerCalls.asyncUnaryCall((request, answers) -> ((ServerCallStreamObserver<String>) answers)
						.setOnCancelHandler(cancelled::countDown)))
			.addMethod(descriptor(MethodType.SERVER_STREAMING, "deals.Deals/Count"),
					ServerCalls.asyncServerStreamingCall((request, answers) -> {
						for (int i = 1; i <= Integer.parseInt(request); i++) {
							answers.onNext("" + i);
						}
						answers.onCompleted();
					}))
			.addMethod(descriptor(MethodType.BIDI_STREAMING, "deals.Deals/Chat"),
					ServerCalls.asyncBidiStreamingCall(Replies::new))
			.build();
	}

	/** Keeps the headers of the last call. */
	private static final class Headers implements ServerInterceptor {

		@Override
		public <I, O> ServerCall.Listener<I> interceptCall(ServerCall<I, O> call, Metadata headers,
				ServerCallHandler<I, O> next) {
			headers.keys()
				.stream()
				.filter((name) -> !name.endsWith("-bin"))
				.forEach(
						(name) -> seen.put(name, headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))));
			return next.startCall(call, headers);
		}

	}

	private static final class Replies implements StreamObserver<String> {

		private final StreamObserver<String> answers;

		Replies(StreamObserver<String> answers) {
			this.answers = answers;
		}

		@Override
		public void onNext(String request) {
			this.answers.onNext("re: " + request);
		}

		@Override
		public void onError(Throwable ex) {
			this.answers.onError(ex);
		}

		@Override
		public void onCompleted() {
			this.answers.onCompleted();
		}

	}

	private static final class Collector implements StreamObserver<String> {

		private final BlockingQueue<String> answers;

		Collector(BlockingQueue<String> answers) {
			this.answers = answers;
		}

		@Override
		public void onNext(String answer) {
			this.answers.add(answer);
		}

		@Override
		public void onError(Throwable ex) {
			this.answers.add(ex.toString());
		}

		@Override
		public void onCompleted() {
			this.answers.add("(end)");
		}

	}

	private static final class Text implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
