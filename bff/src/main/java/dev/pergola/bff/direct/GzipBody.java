package dev.pergola.bff.direct;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;

/** Compresses one answer, part by part as it comes. */
final class GzipBody {

	private final EmbeddedChannel encoder;

	GzipBody(int level) {
		this.encoder = new EmbeddedChannel(ZlibCodecFactory.newZlibEncoder(ZlibWrapper.GZIP, level));
	}

	/**
	 * Compresses a part.
	 * @param content bytes, which are released
	 * @param compressed takes what has become of them
	 */
	void write(ByteBuf content, Consumer<ByteBuf> compressed) {
		this.encoder.writeOutbound(content);
		drain(compressed);
	}

	/** Ends the answer. */
	void finish(Consumer<ByteBuf> compressed) {
		if (this.encoder.finish()) {
			drain(compressed);
		}
	}

	/** Gives up an answer that will not end. */
	void release() {
		this.encoder.finishAndReleaseAll();
	}

	private void drain(Consumer<ByteBuf> compressed) {
		ByteBuf next;
		while ((next = this.encoder.readOutbound()) != null) {
			if (next.isReadable()) {
				compressed.accept(next);
			}
			else {
				next.release();
			}
		}
	}

}
