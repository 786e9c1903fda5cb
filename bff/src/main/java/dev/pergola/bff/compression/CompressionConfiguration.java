package dev.pergola.bff.compression;

import io.netty.handler.codec.http.HttpMethod;
import reactor.netty.http.server.compression.GzipOption;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires compression of what takes the long way. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CompressionProperties.class)
public class CompressionConfiguration {

	@Bean
	Compression bffCompression(CompressionProperties properties) {
		return new Compression(properties);
	}

	@Bean
	EntityTagsFilter bffEntityTags() {
		return new EntityTagsFilter();
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> bffCompressionInstaller(Compression compression) {
		return (factory) -> factory.addServerCustomizers(
				(server) -> server.compressOptions(GzipOption.builder().compressionLevel(compression.level()).build())
					.compress((request, response) -> compression.prepare(request.requestHeaders(),
							HttpMethod.HEAD.equals(request.method()), response.status().code(),
							response.responseHeaders())));
	}

}
