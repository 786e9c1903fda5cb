package dev.pergola.bff.direct;

import java.util.concurrent.TimeUnit;

import dev.pergola.bff.egress.EgressProperties;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.pool.AbstractChannelPoolHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import org.jspecify.annotations.Nullable;

/** Sets a connection to an upstream up. */
final class UpstreamInitializer extends AbstractChannelPoolHandler {

	private final EgressProperties properties;

	private final UpstreamTls.@Nullable Handlers tls;

	UpstreamInitializer(EgressProperties properties, UpstreamTls.@Nullable Handlers tls) {
		this.properties = properties;
		this.tls = tls;
	}

	@Override
	public void channelCreated(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (this.tls != null) {
			pipeline.addLast(this.tls.create(channel.alloc()));
		}
		HttpDecoderConfig decoder = new HttpDecoderConfig()
			.setMaxHeaderSize(Math.toIntExact(this.properties.maxHeaderSize().toBytes()));
		UpstreamHandler handler = new UpstreamHandler(this, this.properties.maxLife());
		pipeline
			.addLast(new CombinedChannelDuplexHandler<>(new AnswerDecoder(decoder, handler), new HttpRequestEncoder()));
		pipeline.addLast(new IdleStateHandler(this.properties.maxIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
		pipeline.addLast(handler);
	}

}
