package dev.pergola.bff.egress;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import dev.pergola.manifests.egress.AddressRules;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/**
 * Resolves names and checks what comes out, at the moment of the connection: a name that
 * answers otherwise the second time (DNS rebinding) gains nothing.
 */
final class GuardedResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	private final AddressResolverGroup<InetSocketAddress> delegate;

	private final AddressRules rules;

	GuardedResolverGroup(AddressResolverGroup<InetSocketAddress> delegate, AddressRules rules) {
		this.delegate = delegate;
		this.rules = rules;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new GuardedResolver(this.delegate.getResolver(executor), executor);
	}

	private final class GuardedResolver implements AddressResolver<InetSocketAddress> {

		private final AddressResolver<InetSocketAddress> resolver;

		private final EventExecutor executor;

		GuardedResolver(AddressResolver<InetSocketAddress> resolver, EventExecutor executor) {
			this.resolver = resolver;
			this.executor = executor;
		}

		@Override
		public boolean isSupported(SocketAddress address) {
			return this.resolver.isSupported(address);
		}

		/** Never, so that literal addresses are checked too. */
		@Override
		public boolean isResolved(SocketAddress address) {
			return false;
		}

		@Override
		public Future<InetSocketAddress> resolve(SocketAddress address) {
			return resolve(address, this.executor.newPromise());
		}

		@Override
		public Future<InetSocketAddress> resolve(SocketAddress address, Promise<InetSocketAddress> promise) {
			if (this.resolver.isResolved(address)) {
				return settle(address, List.of((InetSocketAddress) address), promise, (all) -> all.getFirst());
			}
			this.resolver.resolve(address).addListener((Future<InetSocketAddress> done) -> {
				if (done.isSuccess()) {
					settle(address, List.of(done.getNow()), promise, (all) -> all.getFirst());
				}
				else {
					promise.tryFailure(done.cause());
				}
			});
			return promise;
		}

		@Override
		public Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
			return resolveAll(address, this.executor.newPromise());
		}

		@Override
		public Future<List<InetSocketAddress>> resolveAll(SocketAddress address,
				Promise<List<InetSocketAddress>> promise) {
			if (this.resolver.isResolved(address)) {
				return settle(address, List.of((InetSocketAddress) address), promise, (all) -> all);
			}
			this.resolver.resolveAll(address).addListener((Future<List<InetSocketAddress>> done) -> {
				if (done.isSuccess()) {
					settle(address, done.getNow(), promise, (all) -> all);
				}
				else {
					promise.tryFailure(done.cause());
				}
			});
			return promise;
		}

		private <T> Future<T> settle(SocketAddress asked, List<InetSocketAddress> found, Promise<T> promise,
				java.util.function.Function<List<InetSocketAddress>, T> result) {
			String host = ((InetSocketAddress) asked).getHostString();
			List<InetSocketAddress> permitted = found.stream()
				.filter((each) -> GuardedResolverGroup.this.rules.permits(host, each.getAddress()))
				.toList();
			if (permitted.isEmpty()) {
				promise.tryFailure(new AddressRefusedException(host));
			}
			else {
				promise.trySuccess(result.apply(permitted));
			}
			return promise;
		}

		@Override
		public void close() {
			// The delegate group closes what it made.
		}

	}

}
