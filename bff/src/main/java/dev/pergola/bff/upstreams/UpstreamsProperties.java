package dev.pergola.bff.upstreams;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what administrators are told of services.
 *
 * @param node Name of this process where several tell; empty for the name of its host.
 */
@ConfigurationProperties("pergola.bff.upstreams")
record UpstreamsProperties(@DefaultValue("") String node) {

	UpstreamsProperties {
		node = node.isBlank() ? host() : node.strip();
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

}
