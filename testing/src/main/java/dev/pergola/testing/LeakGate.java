package dev.pergola.testing;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests after which a buffer was found that nobody gave back. It may be
 * an earlier class that lost it: the message says where it came from.
 */
public final class LeakGate implements AfterAllCallback {

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	@Override
	public void afterAll(ExtensionContext context) {
		find();
		String leak = LEAKS.poll();
		if (leak != null) {
			LEAKS.clear();
			throw new AssertionError("LEAK: " + leak);
		}
	}

	/** What was lost is found at the next allocation after it was collected. */
	private static void find() {
		ReferenceQueue<Object> collected = new ReferenceQueue<>();
		PhantomReference<Object> marker = new PhantomReference<>(new Object(), collected);
		System.gc();
		try {
			collected.remove(2000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Reference.reachabilityFence(marker);
		for (int i = 0; i < 64; i++) {
			ByteBufAllocator.DEFAULT.buffer(16).release();
		}
	}

	/**
	 * Netty's own detector, which makes one for each kind of resource; named by a system
	 * property.
	 */
	public static final class Detector<T> extends ResourceLeakDetector<T> {

		@SuppressWarnings("deprecation")
		public Detector(Class<?> resourceType, int samplingInterval, long maxActive) {
			super(resourceType, samplingInterval, maxActive);
		}

		public Detector(Class<?> resourceType, int samplingInterval) {
			super(resourceType, samplingInterval);
		}

		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			LEAKS.add(resourceType + records);
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			LEAKS.add(resourceType);
		}

	}

}
