package dev.pergola.registry.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where a call may go: any public address, and any address at all for hosts the operator
 * named.
 */
final class AddressRules {

	private static final List<Block> RESERVED = List.of(Block.of("0.0.0.0", 8), Block.of("10.0.0.0", 8),
			Block.of("100.64.0.0", 10), Block.of("127.0.0.0", 8), Block.of("169.254.0.0", 16),
			Block.of("172.16.0.0", 12), Block.of("192.0.0.0", 24), Block.of("192.168.0.0", 16),
			Block.of("198.18.0.0", 15), Block.of("224.0.0.0", 3), Block.of("::", 96), Block.of("fc00::", 7),
			Block.of("fe80::", 10), Block.of("fec0::", 10), Block.of("ff00::", 8));

	private final Set<String> allowedHosts;

	AddressRules(Set<String> allowedHosts) {
		this.allowedHosts = Set.copyOf(allowedHosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList());
	}

	/**
	 * Whether a connection may be opened.
	 * @param host name or literal address as it stands in the URL
	 * @param address what it resolved to
	 */
	boolean permits(String host, InetAddress address) {
		return isNamed(host) || !isReserved(address);
	}

	private boolean isNamed(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		if (this.allowedHosts.contains(name)) {
			return true;
		}
		for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
			if (this.allowedHosts.contains("*" + name.substring(dot))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isReserved(InetAddress address) {
		byte[] bytes = address.getAddress();
		if (RESERVED.stream().anyMatch((block) -> block.contains(bytes))) {
			return true;
		}
		return address instanceof Inet6Address && carriesReserved(bytes);
	}

	// NAT64 (64:ff9b::/96) and 6to4 (2002::/16) lead to an IPv4 address inside of them.
	private static boolean carriesReserved(byte[] bytes) {
		if (Block.of("64:ff9b::", 96).contains(bytes)) {
			return isReserved(inner(bytes, 12));
		}
		return Block.of("2002::", 16).contains(bytes) && isReserved(inner(bytes, 2));
	}

	private static InetAddress inner(byte[] bytes, int from) {
		try {
			return Inet4Address.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A block of addresses: all whose first bits are these. */
	private record Block(byte[] prefix, int bits) {

		static Block of(String literal, int bits) {
			return new Block(InetAddress.ofLiteral(literal).getAddress(), bits);
		}

		boolean contains(byte[] address) {
			if (address.length != this.prefix.length) {
				return false;
			}
			int whole = this.bits / 8;
			if (!Arrays.equals(address, 0, whole, this.prefix, 0, whole)) {
				return false;
			}
			int rest = this.bits % 8;
			int mask = 0xFF << (8 - rest);
			return rest == 0 || ((address[whole] ^ this.prefix[whole]) & mask) == 0;
		}

	}

}
