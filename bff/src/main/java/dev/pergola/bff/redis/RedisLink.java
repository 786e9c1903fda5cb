package dev.pergola.bff.redis;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, with event loops of its own: those of the server have other
 * things to do. Opened and given up by one thread.
 */
public final class RedisLink implements AutoCloseable {

	private static final int THREADS = 2;

	private final ClientResources resources = ClientResources.builder()
		.ioThreadPoolSize(THREADS)
		.computationThreadPoolSize(THREADS)
		.build();

	private final RedisClient client;

	private volatile @Nullable StatefulRedisConnection<String, String> connection;

	/**
	 * A link that is opened at first use.
	 * @param url as Lettuce has it
	 * @param timeout time to connect, and time a command has
	 * @param maxCommands commands that wait for an answer
	 */
	public RedisLink(String url, Duration timeout, int maxCommands) {
		RedisURI uri = RedisURI.create(url);
		uri.setTimeout(timeout);
		this.client = RedisClient.create(this.resources, uri);
		this.client.setOptions(ClientOptions.builder()
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(2 * maxCommands)
			.socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
			.build());
	}

	/** Commands of the open connection; waits for it where there is none. */
	public RedisAsyncCommands<String, String> commands() {
		StatefulRedisConnection<String, String> open = this.connection;
		if (open == null) {
			open = this.client.connect();
			this.connection = open;
		}
		return open.async();
	}

	/** Commands of the open connection, {@code null} where there is none; never waits. */
	public @Nullable RedisAsyncCommands<String, String> openCommands() {
		StatefulRedisConnection<String, String> open = this.connection;
		return (open != null) ? open.async() : null;
	}

	/** Gives the connection up: the next command opens another. */
	public void drop() {
		StatefulRedisConnection<String, String> dead = this.connection;
		this.connection = null;
		if (dead != null) {
			dead.closeAsync();
		}
	}

	@Override
	public void close() {
		this.client.shutdownAsync().thenRun(() -> this.resources.shutdown());
	}

}
