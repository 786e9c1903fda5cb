package dev.pergola.bff.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

import dev.pergola.manifests.egress.AddressRules;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("security-28")
class GuardedResolverGroupTests {

	private static final InetSocketAddress HOST = InetSocketAddress.createUnresolved("partner.example", 443);

	private final Queue<List<InetAddress>> answers = new ArrayDeque<>();

	private final AddressResolver<InetSocketAddress> resolver = new GuardedResolverGroup(new Answers(this.answers),
			new AddressRules(Set.of("named.example"), Set.of()))
		.getResolver(ImmediateEventExecutor.INSTANCE);

	@Test
	void looksAtTheAddressEachTimeANameIsResolved() {
		answer("8.8.8.8");
		answer("127.0.0.1");
		assertThat(this.resolver.resolve(HOST).getNow().getAddress().getHostAddress()).isEqualTo("8.8.8.8");
		assertThat(this.resolver.resolve(HOST).cause()).isInstanceOf(AddressRefusedException.class);
	}

	@Test
	void leavesOutOfSeveralAddressesThoseThatAreNotPermitted() {
		answer("169.254.169.254", "8.8.8.8", "::1");
		Future<List<InetSocketAddress>> all = this.resolver.resolveAll(HOST);
		assertThat(all.getNow()).extracting((address) -> address.getAddress().getHostAddress())
			.containsExactly("8.8.8.8");
	}

	@Test
	void aNamedHostThatTurnsToTheMachineItselfOrItsLinkIsLeftAlone() {
		InetSocketAddress named = InetSocketAddress.createUnresolved("named.example", 443);
		answer("10.0.0.1");
		answer("169.254.169.254");
		answer("127.0.0.1", "10.0.0.2", "fe80::1");
		assertThat(this.resolver.resolve(named).getNow().getAddress().getHostAddress()).isEqualTo("10.0.0.1");
		assertThat(this.resolver.resolve(named).cause()).isInstanceOf(AddressRefusedException.class);
		assertThat(this.resolver.resolveAll(named).getNow())
			.extracting((address) -> address.getAddress().getHostAddress())
			.containsExactly("10.0.0.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "169.254.169.254", "::1", "10.0.0.1" })
	void looksAtLiteralAddressesToo(String address) {
		InetSocketAddress literal = new InetSocketAddress(InetAddress.ofLiteral(address), 80);
		assertThat(this.resolver.isResolved(literal)).isFalse();
		assertThat(this.resolver.resolve(literal).cause()).isInstanceOf(AddressRefusedException.class);
		assertThat(this.resolver.resolveAll(literal).cause()).isInstanceOf(AddressRefusedException.class);
	}

	private void answer(String... addresses) {
		this.answers.add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
	}

	/** Answers each question with the next of these. */
	private static final class Answers extends AddressResolverGroup<InetSocketAddress> {

		private final Queue<List<InetAddress>> answers;

		Answers(Queue<List<InetAddress>> answers) {
			this.answers = answers;
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetNameResolver(executor) {

				@Override
				protected void doResolve(String name, Promise<InetAddress> promise) {
					promise.setSuccess(Answers.this.answers.remove().getFirst());
				}

				@Override
				protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
					promise.setSuccess(Answers.this.answers.remove());
				}

			}.asAddressResolver();
		}

	}

}
