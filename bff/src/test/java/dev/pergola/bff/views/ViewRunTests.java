package dev.pergola.bff.views;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.limits.Party;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Trace;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** With the clock of the test: what a view of parts that take their time is like. */
@Tag("bff-21")
class ViewRunTests {

	private static final ViewProperties PROPERTIES = new ViewProperties(Duration.ofSeconds(5), Duration.ofSeconds(2),
			DataSize.ofMegabytes(1), DataSize.ofBytes(30), Duration.ofMinutes(1), DataSize.ofMegabytes(1),
			new ViewProperties.Hedge(false, 95, 100));

	private final Map<String, ViewPart> parts = new LinkedHashMap<>();

	private final List<String> called = new ArrayList<>();

	private final List<String> givenUp = new ArrayList<>();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void fivePartsTakeAsLongAsOne() {
		for (int i = 0; i < 5; i++) {
			this.parts.put("p" + i, new ViewPart(null, "/100/" + i, true, null));
		}
		StepVerifier.withVirtualTime(() -> run().parts())
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(99))
			.thenAwait(Duration.ofMillis(1))
			.expectNextCount(5)
			.verifyComplete();
	}

	@Test
	void aPartBeginsWhenWhatItNeedsIsThereAndNoLater() {
		this.parts.put("slow", new ViewPart(null, "/1000", false, null));
		this.parts.put("first", new ViewPart(null, "/100/a", false, null));
		this.parts.put("second", new ViewPart(null, "/100/{first.id}", false, null));
		StepVerifier.withVirtualTime(() -> run().parts().map((part) -> part.plan().name()))
			.thenAwait(Duration.ofMillis(200))
			.expectNext("first", "second")
			.thenAwait(Duration.ofMillis(800))
			.expectNext("slow")
			.verifyComplete();
		assertThat(this.called).containsExactly("/1000", "/100/a", "/100/7");
	}

	@Test
	void thePartsShareTheRoomOfTheAnswer() {
		for (int i = 0; i < 4; i++) {
			this.parts.put("p" + i, new ViewPart(null, "/100/" + i, true, null));
		}
		StepVerifier.withVirtualTime(() -> run().parts())
			.thenAwait(Duration.ofMillis(100))
			.expectNextCount(3)
			.assertNext((part) -> assertThat(part.result()).isEqualTo(new PartResult.Absent("too-large", 200, 100)))
			.verifyComplete();
	}

	@Test
	void aPartHasATimeOfItsOwn() {
		this.parts.put("quick", new ViewPart(null, "/100", false, null));
		this.parts.put("slow", new ViewPart(null, "/1000", true, Duration.ofMillis(300)));
		StepVerifier.withVirtualTime(() -> run().parts())
			.thenAwait(Duration.ofMillis(300))
			.expectNextCount(1)
			.assertNext((part) -> assertThat(part.result()).isEqualTo(new PartResult.Absent("timeout", 0, 300)))
			.verifyComplete();
		assertThat(this.givenUp).containsExactly("/1000");
		assertThat(this.registry.get("pergola.bff.views").tag("outcome", "partial").timer().count()).isOne();
		assertThat(this.registry.get("pergola.bff.views.parts").tag("status", "timeout").timer().count()).isOne();
	}

	@Test
	void thePartsShareTheTimeOfTheView() {
		this.parts.put("first", new ViewPart(null, "/4000/a", false, Duration.ofSeconds(5)));
		this.parts.put("second", new ViewPart(null, "/4000/{first.id}", true, Duration.ofSeconds(5)));
		StepVerifier.withVirtualTime(() -> run().parts())
			.thenAwait(Duration.ofSeconds(5))
			.expectNextCount(1)
			.assertNext((part) -> assertThat(part.result()).isEqualTo(new PartResult.Absent("timeout", 0, 1000)))
			.verifyComplete();
	}

	@Test
	void theOthersAreGivenUpWhenAPartIsMissingThatMayNotBe() {
		this.parts.put("slow", new ViewPart(null, "/1000", true, null));
		this.parts.put("needed", new ViewPart(null, "/fail", false, null));
		StepVerifier.withVirtualTime(() -> run().parts())
			.expectErrorSatisfies((ex) -> assertThat(((BffException) ex).members()).containsEntry("part", "needed")
				.containsEntry("partStatus", "failed"))
			.verify();
		assertThat(this.givenUp).containsExactly("/1000");
		assertThat(this.registry.get("pergola.bff.views").tag("outcome", "failed").timer().count()).isOne();
	}

	@Test
	void nobodyIsCalledAnyMoreForSomeoneWhoLeft() {
		this.parts.put("first", new ViewPart(null, "/100/a", false, null));
		this.parts.put("second", new ViewPart(null, "/100/{first.id}", false, null));
		StepVerifier.withVirtualTime(() -> run().parts()).thenAwait(Duration.ofMillis(50)).thenCancel().verify();
		assertThat(this.called).containsExactly("/100/a");
		assertThat(this.givenUp).containsExactly("/100/a");
		assertThat(this.registry.get("pergola.bff.views").tag("outcome", "cancelled").timer().count()).isOne();
	}

	private ViewRun run() {
		ViewPlan plan = ViewPlan.of("deals", new View("/v", null, this.parts), PROPERTIES);
		SharedCalls calls = new SharedCalls((module, path, request, limit, patience) -> answer(path),
				PROPERTIES.timeout());
		return new ViewRun(new ViewPlans.Match(plan, "1.0.0", Map.of()),
				new ViewRequest("ada", new Party("ada", null, null), "deals",
						new Trace("0123456789abcdef0123456789abcdef", false), ""),
				calls, new ViewMeters(this.registry), PROPERTIES);
	}

	/** The path says how many milliseconds it takes. */
	private Mono<PartBody> answer(String path) {
		this.called.add(path);
		if (path.equals("/fail")) {
			return Mono.error(new PartException("failed", 500));
		}
		byte[] json = "{\"id\": 7}".getBytes(StandardCharsets.UTF_8);
		return Mono.delay(Duration.ofMillis(Long.parseLong(path.split("/")[1])))
			.map((tick) -> new PartBody(json, true))
			.doOnCancel(() -> this.givenUp.add(path));
	}

}
