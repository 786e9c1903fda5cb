package dev.pergola.registry.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.LeakListener;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails the class after whose tests Netty misses a buffer of the registry that nobody
 * released. What it reports is where each buffer was made and touched.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {

	/** Who reads it was a client: a test that cancelled a stream between two events. */
	private static final String CLIENT = "HttpClientCodec";

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ByteBufUtil.setLeakListener(new LeakListener() {
			@Override
			public void onLeak(String type, String records) {
				if (!records.contains(CLIENT)) {
					LEAKS.add(records);
				}
			}
		});
	}

	/** Netty looks for what the collector found whenever it makes a buffer. */
	@Override
	public void afterAll(ExtensionContext context) {
		System.gc();
		ByteBufAllocator.DEFAULT.buffer(1).release();
		List<String> leaks = List.copyOf(LEAKS);
		LEAKS.clear();
		assertThat(leaks).isEmpty();
	}

}
