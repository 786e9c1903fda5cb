package dev.pergola.bff.server;

import io.netty.channel.Channel;

/** Something that takes part in every connection of HTTP/1.1. */
public interface ConnectionPart {

	/**
	 * Takes its place right before the web server's own handler; on the connection's
	 * event loop.
	 */
	void add(Channel channel);

}
