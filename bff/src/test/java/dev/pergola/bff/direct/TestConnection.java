package dev.pergola.bff.direct;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/**
 * A connection in memory, of a browser or of the pool of an upstream, which makes its own
 * by this class and registers them.
 */
public final class TestConnection extends EmbeddedChannel {

	static final Queue<TestConnection> opened = new ConcurrentLinkedQueue<>();

	private int reads;

	/** Opens a connection that belongs to no event loop yet. */
	public TestConnection() {
		super(false, false);
		opened.add(this);
	}

	/** How often somebody asked for more. */
	int reads() {
		return this.reads;
	}

	/** Says whether the other end takes what is written. */
	void take(boolean taken) {
		unsafe().outboundBuffer().setUserDefinedWritability(1, taken);
		runPendingTasks();
	}

	/** The other end writes. */
	void receive(String bytes) {
		writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
	}

	/** First lines of the requests that were written, each once. */
	List<String> requests() {
		List<String> lines = new ArrayList<>();
		for (Object message = readOutbound(); message != null; message = readOutbound()) {
			ByteBuf bytes = (ByteBuf) message;
			bytes.toString(StandardCharsets.ISO_8859_1)
				.lines()
				.filter((line) -> line.endsWith(" HTTP/1.1"))
				.forEach(lines::add);
			bytes.release();
		}
		return lines;
	}

	/** Both ends are gone, whatever handlers think of it. */
	void end() {
		if (isOpen()) {
			unsafe().closeForcibly();
			pipeline().fireChannelInactive();
		}
		releaseInbound();
		releaseOutbound();
	}

	@Override
	protected void doBeginRead() {
		this.reads++;
	}

}
