package dev.pergola.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every write has in common, on every database.
 */
public abstract class JournalContract extends RegistryContract {

	@Test
	void keepsFiftyPublishesAtOnceWithoutAGap() throws Exception {
		long before = service().revision();
		List<String> modules = new ArrayList<>();
		List<Callable<Integer>> publishes = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			String module = name("many");
			byte[] bundle = Bundles.of(module, "1.0.0", "partners");
			modules.add(module);
			publishes.add(() -> developer("partners").publish(module, "1.0.0", bundle)
				.expectBody()
				.returnResult()
				.getStatus()
				.value());
		}
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Integer> answer : executor.invokeAll(publishes)) {
				assertThat(answer.get()).isEqualTo(201);
			}
		}
		assertThat(service().revision()).isEqualTo(before + 50);
		assertThat(audit("").stream().filter((entry) -> modules.contains(entry.get("module"))))
			.extracting((entry) -> ((Number) entry.get("revision")).longValue())
			.containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(before + 1, before + 50).boxed().toList());
	}

	@Test
	void publishesTheSameVersionOnceWhenManyDoAtOnce() throws Exception {
		String module = name("many");
		byte[] bundle = Bundles.of(module, "1.0.0", "partners");
		Callable<Integer> publish = () -> developer("partners").publish(module, "1.0.0", bundle)
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
		List<Integer> answers = new ArrayList<>();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Integer> answer : executor.invokeAll(java.util.Collections.nCopies(10, publish))) {
				answers.add(answer.get());
			}
		}
		assertThat(answers).containsOnly(200, 201).containsOnlyOnce(201);
	}

	@Test
	void auditsEveryWriteWithWhoWhatAndWhy() {
		String module = name("audited");
		byte[] bundle = Bundles.of(module, "1.0.0", "partners");
		developer("partners").publish(module, "1.0.0", bundle).expectStatus().isCreated();
		developer("partners").stable(module, "1.0.0").expectStatus().isOk();
		administrator().http()
			.put()
			.uri("/modules/{module}/state", module)
			.header("Content-Type", "application/json")
			.header("Pergola-Reason", "UTF-8''ticket%204711%20%E2%80%93%20gel%C3%B6scht")
			.bodyValue("{\"enabled\":false,\"reason\":\"leaks\"}")
			.exchange()
			.expectStatus()
			.isOk();
		List<Map<String, Object>> entries = audit("?module=" + module);
		assertThat(entries).extracting((entry) -> entry.get("action"))
			.containsExactly("module.disable", "channel.change", "version.publish");
		Map<String, Object> newest = entries.getFirst();
		assertThat(newest).containsEntry("actor", "ada")
			.containsEntry("actorKind", "person")
			.containsEntry("address", "127.0.0.1")
			.containsEntry("reason", "ticket 4711 – gelöscht");
		assertThat(newest.get("before")).asString().contains("enabled=true");
		assertThat(newest.get("after")).asString().contains("enabled=false").contains("leaks");
		assertThat(entries).extracting((entry) -> ((Number) entry.get("revision")).longValue())
			.isSortedAccordingTo(Comparator.reverseOrder());
	}

	@Test
	void turnsThePagesOfTheAudit() {
		String module = name("audited");
		for (String version : List.of("1.0.0", "1.1.0", "1.2.0")) {
			administrator().publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		Map<?, ?> first = administrator().get("/audit?limit=2&module=" + module)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		assertThat((List<?>) first.get("entries")).hasSize(2);
		administrator().get("/audit?limit=2&module=" + module + "&before=" + first.get("next"))
			.expectBody()
			.jsonPath("$.entries.length()")
			.isEqualTo(1)
			.jsonPath("$.entries[0].subject")
			.isEqualTo(module + "/1.0.0")
			.jsonPath("$.next")
			.isEmpty();
	}

	@Test
	void auditsATokenThatIsRefused() {
		dev.pergola.registry.testing.RegistryClient.bearer(this.port, "pgt_unknown-" + name("x"))
			.get("/modules")
			.expectStatus()
			.isUnauthorized();
		assertThat(audit("")).anySatisfy((entry) -> assertThat(entry).containsEntry("action", "token.refuse")
			.containsEntry("actorKind", "nobody"));
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> audit(String query) {
		String all = query.isEmpty() ? "?limit=200" : query;
		return (List<Map<String, Object>>) administrator().get("/audit" + all)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("entries");
	}

}
