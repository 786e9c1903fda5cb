package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.pergola.session.SessionsUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;

/**
 * The way to Redis: one connection for commands, one for news, both kept open, on two
 * threads of its own. Answers come back on the event loop that asked. While Redis is away
 * calls fail at once, or, when it is connected and silent, after its time to answer.
 */
public final class RedisLink implements AutoCloseable {

	private static final Log log = LogFactory.getLog(RedisLink.class);

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private static final Duration RETRY = Duration.ofMillis(500);

	/** Time a connection has to come up. */
	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration COMPLAIN = Duration.ofSeconds(10);

	private static final int THREADS = 2;

	private static final int QUEUE = 20_000;

	/** Commands without an answer after which Redis is asked for a sign of life only. */
	private static final int SILENT = 3;

	private final StoreProperties.Redis properties;

	private final ClientResources resources;

	private final RedisClient client;

	private final AtomicInteger unanswered = new AtomicInteger();

	private volatile long nextProbe = System.nanoTime();

	private volatile long nextComplaint = System.nanoTime();

	private volatile CompletableFuture<RedisAsyncCommands<String, byte[]>> commands;

	private volatile Consumer<News> listener = (news) -> {
	};

	private volatile boolean closed;

	/**
	 * Begins to connect; what is asked meanwhile waits for the first attempt.
	 * @param properties where Redis is
	 */
	public RedisLink(StoreProperties.Redis properties) {
		this.properties = properties;
		this.resources = DefaultClientResources.builder()
			.ioThreadPoolSize(THREADS)
			.computationThreadPoolSize(THREADS)
			.reconnectDelay(Delay.constant(RETRY))
			.build();
		this.client = RedisClient.create(this.resources, uri(properties));
		this.client.setOptions(options(properties.timeout()));
		this.commands = connect();
	}

	private static RedisURI uri(StoreProperties.Redis properties) {
		RedisURI uri = RedisURI.create(properties.url());
		uri.setTimeout(CONNECT);
		if (properties.password() != null) {
			uri.setCredentialsProvider(RedisCredentialsProvider
				.from(() -> RedisCredentials.just(properties.username(), properties.password())));
		}
		return uri;
	}

	private static ClientOptions options(Duration timeout) {
		SocketOptions.KeepAliveOptions keepAlive = SocketOptions.KeepAliveOptions.builder()
			.enable()
			.idle(Duration.ofSeconds(5))
			.interval(Duration.ofSeconds(2))
			.count(3)
			.build();
		return ClientOptions.builder()
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(QUEUE)
			.timeoutOptions(TimeoutOptions.enabled(timeout))
			.socketOptions(SocketOptions.builder().connectTimeout(CONNECT).keepAlive(keepAlive).build())
			.build();
	}

	// Once there is a connection, Lettuce keeps it; the first one is for us to get.
	private CompletableFuture<RedisAsyncCommands<String, byte[]>> connect() {
		RedisURI uri = uri(this.properties);
		return this.client.connectPubSubAsync(CODEC, uri)
			.thenCompose((connection) -> listen(connection)
				.thenCompose((done) -> this.client.connectAsync(CODEC, uri).toCompletableFuture())
				.whenComplete((commands, ex) -> {
					if (ex != null) {
						connection.closeAsync();
					}
				}))
			.thenApply(StatefulRedisConnection::async)
			.whenComplete((connected, ex) -> {
				if (ex != null && !this.closed) {
					log.warn("Redis cannot be reached: "
							+ NestedExceptionUtils.getMostSpecificCause(ex).getClass().getSimpleName());
					retryLater();
				}
			})
			.toCompletableFuture();
	}

	private void retryLater() {
		this.resources.eventExecutorGroup().schedule(() -> {
			CompletableFuture<RedisAsyncCommands<String, byte[]>> next = connect();
			// Until then calls go on failing at once.
			next.whenComplete((connected, ex) -> this.commands = next);
		}, RETRY.toMillis(), TimeUnit.MILLISECONDS);
	}

	private CompletionStage<Void> listen(StatefulRedisPubSubConnection<String, byte[]> connection) {
		connection.addListener(new RedisPubSubAdapter<>() {
			@Override
			public void message(String channel, byte[] message) {
				News news = News.read(message);
				if (news != null) {
					RedisLink.this.listener.accept(news);
				}
			}
		});
		return connection.async().subscribe(channel());
	}

	/** Channel of news. */
	String channel() {
		return this.properties.prefix() + "news";
	}

	/** A key of ours. */
	String key(String kind, String name) {
		return this.properties.prefix() + kind + ":" + name;
	}

	/**
	 * Tells somebody of all news from now on, on a thread that must not wait.
	 */
	void listen(Consumer<News> listener) {
		Consumer<News> others = this.listener;
		this.listener = others.andThen(listener);
	}

	/**
	 * Asks Redis.
	 * @param command what to ask
	 * @return the answer, on the event loop of the caller;
	 * {@link SessionsUnavailableException} when there is none
	 */
	<T> Mono<T> ask(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
		return CallerLoop.back(Mono.fromFuture(() -> send(command)))
			.onErrorMap((ex) -> !(ex instanceof SessionsUnavailableException), SessionsUnavailableException::new);
	}

	/**
	 * Runs a script.
	 * @param keys keys it touches
	 * @param arguments texts and bytes; anything else as its text
	 * @return the script's result, as {@link #ask}
	 */
	Mono<Long> run(Script script, String[] keys, Object... arguments) {
		byte[][] values = new byte[arguments.length][];
		for (int i = 0; i < arguments.length; i++) {
			values[i] = (arguments[i] instanceof byte[] bytes) ? bytes
					: arguments[i].toString().getBytes(StandardCharsets.UTF_8);
		}
		return ask(
				(redis) -> redis.<Long>evalsha(script.hash(), ScriptOutputType.INTEGER, keys, values)
					.exceptionallyCompose((ex) -> isUnknown(ex)
							? redis.<Long>eval(script.text(), ScriptOutputType.INTEGER, keys, values)
							: CompletableFuture.failedStage(ex)));
	}

	private static boolean isUnknown(Throwable ex) {
		return ex instanceof RedisNoScriptException || ex.getCause() instanceof RedisNoScriptException;
	}

	private <T> CompletableFuture<T> send(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
		if (isSilent()) {
			return CompletableFuture.failedFuture(new SessionsUnavailableException(null));
		}
		CompletableFuture<RedisAsyncCommands<String, byte[]>> connection = this.commands;
		return connection.thenCompose(command)
			.orTimeout(this.properties.timeout().toMillis() + RETRY.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((answer, ex) -> count(ex));
	}

	// Whoever waits for a Redis that hangs waits for nothing.
	private boolean isSilent() {
		long now = System.nanoTime();
		if (this.unanswered.get() < SILENT) {
			return false;
		}
		if (now - this.nextProbe < 0) {
			return true;
		}
		this.nextProbe = now + this.properties.timeout().toNanos();
		return false;
	}

	private void count(@Nullable Throwable ex) {
		if (ex == null) {
			this.unanswered.set(0);
			return;
		}
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
		if (cause instanceof RedisCommandTimeoutException || cause instanceof TimeoutException) {
			this.unanswered.incrementAndGet();
		}
		complain(cause);
	}

	// Now and then is enough for a log: every request may fail.
	private void complain(Throwable cause) {
		long now = System.nanoTime();
		if (now - this.nextComplaint >= 0) {
			this.nextComplaint = now + COMPLAIN.toNanos();
			// What Redis itself says names commands and keys, and no more.
			String message = (cause instanceof RedisCommandExecutionException) ? ": " + cause.getMessage() : "";
			log.warn("Redis does not do what it is asked: " + cause.getClass().getSimpleName() + message);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		this.resources.shutdown(0, 1, TimeUnit.SECONDS);
	}

}
