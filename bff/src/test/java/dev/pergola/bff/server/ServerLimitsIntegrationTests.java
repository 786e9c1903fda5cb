package dev.pergola.bff.server;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerLimitsIntegrationTests {

	@Test
	@Tag("S2")
	void aPeerThatVanishesIsNoticed() throws IOException {
		accept(new MapConfigurationPropertySource(), (accepted) -> {
			assertThat(accepted.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
			Assumptions.assumeTrue(Epoll.isAvailable(), "only Linux tells");
			assertThat(accepted.getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(30_000);
			assertThat(accepted.getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(30);
		});
	}

	@Test
	@Tag("S2")
	void theTimeOfThatIsASetting() throws IOException {
		Assumptions.assumeTrue(Epoll.isAvailable(), "only Linux tells");
		MapConfigurationPropertySource settings = new MapConfigurationPropertySource();
		settings.put("x.peer-timeout", "45s");
		accept(settings,
				(accepted) -> assertThat(accepted.getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(45_000));
	}

	/** Looks at a connection as it is accepted. */
	private static void accept(MapConfigurationPropertySource settings, Consumer<ChannelConfig> look)
			throws IOException {
		ServerProperties properties = new Binder(settings).bindOrCreate("x", ServerProperties.class);
		TrustedProxies nobody = new TrustedProxies(List.of(), ForwardedBy.X_FORWARDED);
		Sinks.One<Channel> accepted = Sinks.one();
		DisposableServer server = new ServerLimits(properties, nobody).apply(HttpServer.create())
			.host("localhost")
			.port(0)
			.doOnChannelInit((observer, channel, remote) -> accepted.tryEmitValue(channel))
			.bindNow();
		try (Socket socket = new Socket("localhost", server.port())) {
			look.accept(accepted.asMono().block(Duration.ofSeconds(10)).config());
		}
		finally {
			server.disposeNow();
		}
	}

}
