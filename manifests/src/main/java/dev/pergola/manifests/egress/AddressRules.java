package dev.pergola.manifests.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a call to an upstream may go: any public address; a private one for hosts the
 * operator named; and one of the machine itself, of its link or of nobody, which is where
 * clouds tell secrets, only for hosts the operator named for that.
 */
public final class AddressRules {

	/** Of networks that are somebody's own. */
	private static final List<Block> PRIVATE_BLOCKS = List.of(Block.of("10.0.0.0", 8), Block.of("100.64.0.0", 10),
			Block.of("172.16.0.0", 12), Block.of("192.168.0.0", 16), Block.of("198.18.0.0", 15),
			Block.of("240.0.0.0", 4), Block.of("fc00::", 7), Block.of("fec0::", 10));

	/**
	 * Of this machine, of its link, or of no machine; the last four are where clouds tell
	 * secrets at an address that looks like others.
	 */
	private static final List<Block> LOCAL_BLOCKS = List.of(Block.of("0.0.0.0", 8), Block.of("127.0.0.0", 8),
			Block.of("169.254.0.0", 16), Block.of("192.0.0.0", 24), Block.of("224.0.0.0", 4),
			Block.of("255.255.255.255", 32), Block.of("::", 96), Block.of("fe80::", 10), Block.of("ff00::", 8),
			Block.of("100.100.100.200", 32), Block.of("168.63.129.16", 32), Block.of("fd00:ec2::", 32),
			Block.of("fd20:ce::", 32),
			// Translated to IPv4 within a network, RFC 8215.
			Block.of("64:ff9b:1::", 48));

	private static final Block NAT64 = Block.of("64:ff9b::", 96);

	private static final Block SIX_TO_FOUR = Block.of("2002::", 16);

	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9a-f.]*:[0-9a-f.:]*]?");

	private final Set<String> allowedHosts;

	private final Set<String> localHosts;

	/**
	 * Rules that let everything public pass.
	 * @param allowedHosts names, or {@code *} and the end of names, that may be at
	 * private addresses; {@code localhost} and literal addresses may be the machine
	 * itself, as they say so
	 * @param localHosts the same for those that may be at any address
	 */
	public AddressRules(Set<String> allowedHosts, Set<String> localHosts) {
		this.allowedHosts = lowerCase(allowedHosts);
		this.localHosts = lowerCase(localHosts);
	}

	private static Set<String> lowerCase(Set<String> hosts) {
		return Set.copyOf(hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList());
	}

	/**
	 * Whether a connection may be opened.
	 * @param host name or literal address as it stands in the URL
	 * @param address what it resolved to
	 */
	public boolean permits(String host, InetAddress address) {
		String name = host.toLowerCase(Locale.ROOT);
		name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		return switch (reach(address)) {
			case PUBLIC -> true;
			case PRIVATE -> isNamed(name, this.allowedHosts) || isNamed(name, this.localHosts);
			case LOCAL -> isNamed(name, this.localHosts)
					|| (address.isLoopbackAddress() && saysLoopback(name) && isNamed(name, this.allowedHosts));
		};
	}

	private static boolean isNamed(String name, Set<String> hosts) {
		if (hosts.contains(name)) {
			return true;
		}
		for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
			if (hosts.contains("*" + name.substring(dot))) {
				return true;
			}
		}
		return false;
	}

	/** Whether a name that leads to this machine surprises nobody (RFC 6761). */
	private static boolean saysLoopback(String name) {
		return name.equals("localhost") || name.endsWith(".localhost") || LITERAL.matcher(name).matches();
	}

	private static Reach reach(InetAddress address) {
		byte[] bytes = address.getAddress();
		if (LOCAL_BLOCKS.stream().anyMatch((block) -> block.contains(bytes))) {
			return Reach.LOCAL;
		}
		if (PRIVATE_BLOCKS.stream().anyMatch((block) -> block.contains(bytes))) {
			return Reach.PRIVATE;
		}
		// These lead to an IPv4 address inside of them.
		if (NAT64.contains(bytes)) {
			return reach(inner(bytes, 12));
		}
		return SIX_TO_FOUR.contains(bytes) ? reach(inner(bytes, 2)) : Reach.PUBLIC;
	}

	private static InetAddress inner(byte[] bytes, int from) {
		try {
			return Inet4Address.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private enum Reach {

		PUBLIC, PRIVATE, LOCAL

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
