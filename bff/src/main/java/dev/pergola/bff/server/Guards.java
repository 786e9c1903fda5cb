package dev.pergola.bff.server;

import java.util.Map;

import dev.pergola.bff.problem.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/** Gives every connection of HTTP/1.1 its guard, and counts what guards refuse. */
final class Guards implements ConnectionPart {

	private static final Logger log = LoggerFactory.getLogger(Guards.class);

	private static final String NAME = "pergola.guard";

	private final RequestRules rules;

	private final ServerProperties properties;

	private final Map<String, String> always;

	private final MeterRegistry meters;

	Guards(RequestRules rules, ServerProperties properties, Map<String, String> always, MeterRegistry meters) {
		this.rules = rules;
		this.properties = properties;
		this.always = Map.copyOf(always);
		this.meters = meters;
	}

	@Override
	public void add(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		RequestGuard guard = new RequestGuard(this.rules, this.properties.headTimeout(), this.properties.writeTimeout(),
				this.properties.maxKeepAliveRequests(), this.always, this::count);
		pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, guard);
		pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME + ".writes",
				new StallWatch(this.properties.writeTimeout()));
		boolean clear = pipeline.get(NettyPipeline.HttpCodec) == null;
		if (clear) {
			// The connection may become one of HTTP/2.
			pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME + ".frames", new FrameGuard(this::count));
		}
		pipeline.addBefore(clear ? NettyPipeline.H2CUpgradeHandler : NettyPipeline.HttpCodec, NAME + ".bytes",
				new BytesSeen(guard));
	}

	/** Guards a connection of HTTP/2. */
	void addToStreams(Channel channel) {
		channel.pipeline().addBefore(NettyPipeline.H2MultiplexHandler, NAME + ".frames", new FrameGuard(this::count));
	}

	// A line for each would let strangers fill the log.
	void count(Refusal refusal) {
		Failure failure = refusal.failure();
		log.debug("request refused: type={} because={}", failure.type(), refusal.detail());
		Counter.builder("pergola.bff.refused")
			.description("Requests that were not in order, and ended their connection")
			.tag("type", failure.type())
			.register(this.meters)
			.increment();
	}

}
