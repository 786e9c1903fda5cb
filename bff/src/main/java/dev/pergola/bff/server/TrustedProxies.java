package dev.pergola.bff.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Programs before the bff that may say where a request came from. What anybody else says
 * about that is not even read.
 */
public final class TrustedProxies {

	private final List<IpSubnetFilterRule> networks;

	private final ForwardedBy by;

	/**
	 * Creates the list.
	 * @param networks addresses or CIDR blocks; names are none, as they can change
	 * @param by headers these programs write
	 */
	public TrustedProxies(Collection<String> networks, ForwardedBy by) {
		this.networks = networks.stream().map(TrustedProxies::network).toList();
		this.by = by;
	}

	private static IpSubnetFilterRule network(String text) {
		int slash = text.indexOf('/');
		byte[] address = NetUtil.createByteArrayFromIpAddressString((slash < 0) ? text : text.substring(0, slash));
		try {
			InetAddress parsed = InetAddress.getByAddress(address);
			int bits = parsed.getAddress().length * 8;
			int prefix = (slash < 0) ? bits : Integer.parseInt(text.substring(slash + 1));
			return new IpSubnetFilterRule(parsed, prefix, IpFilterRuleType.ACCEPT);
		}
		catch (UnknownHostException | IllegalArgumentException | NullPointerException ex) {
			throw new IllegalArgumentException("trusted proxy: %s (expected: 10.0.0.0/8)".formatted(text), ex);
		}
	}

	/** Whether nobody is trusted. */
	public boolean isEmpty() {
		return this.networks.isEmpty();
	}

	/**
	 * Where a request came from.
	 * @param peer other end of the connection
	 * @return {@code null} unless the peer is trusted
	 */
	public @Nullable Origin origin(@Nullable InetSocketAddress peer, HttpHeaders headers) {
		if (peer == null || !trusts(peer)) {
			return null;
		}
		return (this.by == ForwardedBy.FORWARDED) ? forwarded(peer, headers) : xForwarded(peer, headers);
	}

	private boolean trusts(InetSocketAddress address) {
		for (IpSubnetFilterRule network : this.networks) {
			if (network.matches(address)) {
				return true;
			}
		}
		return false;
	}

	private Origin xForwarded(InetSocketAddress peer, HttpHeaders headers) {
		return new Origin(client(peer, all(headers, "x-forwarded-for")), scheme(last(headers, "x-forwarded-proto")),
				host(last(headers, "x-forwarded-host")));
	}

	private Origin forwarded(InetSocketAddress peer, HttpHeaders headers) {
		List<Map<String, String>> elements = ForwardedElements.read(headers.getAll("forwarded"));
		if (elements.isEmpty()) {
			return new Origin(peer, null, null);
		}
		List<String> hops = elements.stream().map((element) -> element.getOrDefault("for", "")).toList();
		Map<String, String> nearest = elements.getLast();
		return new Origin(client(peer, hops), scheme(nearest.get("proto")), host(nearest.get("host")));
	}

	/**
	 * The first address, seen from here, that is not a trusted program's: what stands
	 * before it was written by whoever that is.
	 */
	private InetSocketAddress client(InetSocketAddress peer, List<String> hops) {
		InetSocketAddress client = peer;
		for (String hop : hops.reversed()) {
			InetSocketAddress address = address(hop);
			if (address == null) {
				return client;
			}
			client = address;
			if (!trusts(client)) {
				return client;
			}
		}
		return client;
	}

	private static @Nullable InetSocketAddress address(String hop) {
		String text = hop.strip();
		int port = 0;
		int colon = text.lastIndexOf(':');
		boolean withPort = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
		if (withPort) {
			try {
				port = Integer.parseUnsignedInt(text.substring(colon + 1));
			}
			catch (NumberFormatException ex) {
				return null;
			}
			text = text.substring(0, colon);
		}
		if (text.startsWith("[") && text.endsWith("]")) {
			text = text.substring(1, text.length() - 1);
		}
		// Of literal addresses only: a name would be looked up.
		byte[] bytes = (text.indexOf('%') < 0) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
		try {
			// Read without its sign, a number too large may come out negative.
			return (bytes != null && port >= 0 && port <= 65535)
					? new InetSocketAddress(InetAddress.getByAddress(bytes), port) : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private static @Nullable String scheme(@Nullable String value) {
		String plain = (value != null) ? value.toLowerCase(Locale.ROOT) : "";
		return (plain.equals("http") || plain.equals("https")) ? plain : null;
	}

	private static @Nullable String host(@Nullable String value) {
		return (value != null && RequestRules.isHost(value)) ? value : null;
	}

	private static List<String> all(HttpHeaders headers, String name) {
		List<String> all = new ArrayList<>();
		headers.getAll(name).forEach((value) -> all.addAll(List.of(value.split(",", -1))));
		return all;
	}

	/** What the nearest proxy wrote. */
	private static @Nullable String last(HttpHeaders headers, String name) {
		List<String> all = all(headers, name);
		return all.isEmpty() ? null : all.getLast().strip();
	}

}
