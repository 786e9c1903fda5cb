package dev.pergola.session.redis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import dev.pergola.session.KnownSession;
import dev.pergola.session.SessionPrincipal;
import dev.pergola.session.TestRedis;
import dev.pergola.session.store.ProviderLogout;
import dev.pergola.session.store.SessionName;
import dev.pergola.session.store.SignedIn;
import io.netty.util.concurrent.DefaultEventExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RedisSessionStoreIntegrationTests {

	private static final String OTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=";

	private static TestRedis redis;

	private static TestNode one;

	private static TestNode two;

	@BeforeAll
	static void start() throws IOException {
		redis = new TestRedis();
		one = TestNode.of(redis);
		two = TestNode.of(redis);
	}

	@AfterAll
	static void stop() throws IOException {
		one.close();
		two.close();
		redis.close();
	}

	@Test
	void anotherNodeReadsWhatWasKept() {
		String id = one.signIn("ann", "sid-1").getId();
		WebSession session = two.store.retrieveSession(id).block();
		SignedIn signedIn = SignedIn.find(session).orElseThrow();
		assertThat(signedIn.subject()).isEqualTo("ann");
		assertThat(signedIn.idToken()).isEqualTo("id-token");
		assertThat(signedIn.client().getAccessToken().getTokenValue()).isEqualTo("access");
		assertThat(signedIn.client().getRefreshToken().getTokenValue()).isEqualTo("refresh");
		assertThat(signedIn.client().getClientRegistration().getRegistrationId()).isEqualTo("pergola");
		assertThat(signedIn.client().getClientRegistration().getClientSecret()).isEmpty();
		SecurityContext context = session
			.getAttribute(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME);
		assertThat(SessionPrincipal.of(context.getAuthentication()).roles()).containsExactly("business");
		assertThat(context.getAuthentication().getAuthorities()).extracting(Object::toString)
			.containsExactly("ROLE_business");
	}

	@Test
	@Tag("bff-22")
	void aReadIsOneRoundTripAndTheNextOneNone() {
		String id = one.signIn("ann", null).getId();
		long before = commands();
		two.store.retrieveSession(id).block();
		assertThat(commands() - before).isEqualTo(1);
		two.store.retrieveSession(id).block();
		two.store.retrieveSession(id).block().save().block();
		assertThat(commands() - before).isEqualTo(1);
	}

	@Test
	@Tag("bff-22")
	void readsThatComeAtOnceAreOne() {
		String id = one.signIn("ann", null).getId();
		long before = commands();
		Flux.range(0, 50).flatMap((i) -> two.store.retrieveSession(id)).blockLast();
		assertThat(commands() - before).isEqualTo(1);
	}

	@Test
	@Tag("bff-22")
	void whatNobodyToldIsServedForASecondAtMost() {
		String id = one.signIn("ann", null).getId();
		long read = System.nanoTime();
		two.store.retrieveSession(id).block();
		redis.commands().del("test:s:" + SessionName.of(id));
		await(() -> two.known.find(id) == null && two.store.retrieveSession(id).block() == null);
		assertThat(Duration.ofNanos(System.nanoTime() - read)).isLessThan(Duration.ofMillis(1500));
		assertThat(two.known.isOpen(id)).isFalse();
	}

	@Test
	@Tag("bff-22")
	void useIsWrittenNowAndThenAndKeepsTheSession() {
		try (TestNode brief = new TestNode(redis, Duration.ofSeconds(1), Duration.ofMillis(300), TestRedis.KEY)) {
			String id = brief.signIn("ann", null).getId();
			long before = scripts();
			Flux.interval(Duration.ofMillis(50))
				.take(40)
				.concatMap((tick) -> brief.store.retrieveSession(id))
				.count()
				.doOnNext((found) -> assertThat(found).isEqualTo(40))
				.block();
			assertThat(scripts() - before).isBetween(3L, 8L);
			await(() -> redis.commands().exists("test:s:" + SessionName.of(id)) == 0);
			await(() -> brief.store.retrieveSession(id).block() == null);
		}
	}

	@Test
	@Tag("bff-24")
	void theDirectPathFindsWhatThisNodeHasRead() {
		String id = one.signIn("ann", null).getId();
		assertThat(two.known.find(id)).isNull();
		two.store.retrieveSession(id).block();
		KnownSession found = two.known.find(id);
		assertThat(found.accessToken()).isEqualTo("access");
		assertThat(found.issuer()).isEqualTo("https://id.example");
		assertThat(found.principal().subject()).isEqualTo("ann");
		// Longer than a second: what is in use is confirmed in time.
		Flux.interval(Duration.ofMillis(50))
			.take(40)
			.doOnNext((tick) -> assertThat(two.known.find(id)).isSameAs(found))
			.blockLast();
		assertThat(two.known.find("unknown")).isNull();
		assertThat(two.known.find(null)).isNull();
	}

	@Test
	void nodesHearOfChanges() {
		String id = one.signIn("ann", null).getId();
		two.store.retrieveSession(id).block();
		WebSession session = one.store.latest(id).block();
		TestNode.signedIn("ann", null, "renewed", Instant.now()).keepIn(session);
		session.save().block();
		assertThat(one.known.find(id).accessToken()).isEqualTo("renewed");
		long before = System.nanoTime();
		await(() -> two.store.current(id)
			.map((seen) -> SignedIn.find(seen).orElseThrow().client().getAccessToken().getTokenValue())
			.block()
			.equals("renewed"));
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	@Tag("security-14")
	void streamsHearOfTheEnd() {
		String id = one.signIn("ann", null).getId();
		assertThat(two.known.isOpen(id)).isTrue();
		await(() -> two.store.current(id).block() != null);
		assertThat(two.known.isOpen(id)).isTrue();
		one.store.removeSession(id).block();
		await(() -> !two.known.isOpen(id));
		assertThat(one.known.isOpen(id)).isFalse();
	}

	@Test
	@Tag("security-14")
	void aStreamWhoseSessionIsUnknownHereIsAskedFor() {
		String id = one.signIn("ann", null).getId();
		one.store.removeSession(id).block();
		try (TestNode late = TestNode.of(redis)) {
			await(() -> !late.known.isOpen(id));
		}
	}

	@Test
	@Tag("security-15")
	void nobodyWritesOverWhatTheyHaveNotRead() {
		String id = one.signIn("ann", null).getId();
		WebSession slow = two.store.retrieveSession(id).block();
		WebSession quick = one.store.retrieveSession(id).block();
		quick.getAttributes().put("seen", "by one");
		quick.save().block();
		slow.getAttributes().put("seen", "by two");
		assertThatIllegalStateException().isThrownBy(() -> slow.save().block());
		assertThat(two.store.latest(id).block().<String>getAttribute("seen")).isEqualTo("by one");
	}

	@Test
	@Tag("security-15")
	void aSessionThatIsOverIsNotWritten() {
		String id = one.signIn("ann", null).getId();
		WebSession slow = two.store.retrieveSession(id).block();
		one.store.removeSession(id).block();
		slow.getAttributes().put("late", "yes");
		assertThatIllegalStateException().isThrownBy(() -> slow.save().block());
		two.store.updateLastAccessTime(slow).block();
		assertThat(two.store.latest(id).block()).isNull();
	}

	@Test
	@Tag("security-8")
	void aNewIdLeavesNothingUnderTheOldOne() {
		WebSession session = one.signIn("ann", null);
		String before = session.getId();
		session.changeSessionId().block();
		session.save().block();
		assertThat(two.store.retrieveSession(before).block()).isNull();
		assertThat(two.store.retrieveSession(session.getId()).block()).isNotNull();
	}

	@Test
	@Tag("security-13")
	void sessionsAreFoundByWhoSignedIn() {
		String phone = one.signIn("eve", "phone").getId();
		String desk = two.signIn("eve", "desk").getId();
		one.signIn("adam", "other");
		assertThat(find(new ProviderLogout("https://id.example", "eve", null))).containsExactlyInAnyOrder(phone, desk);
		assertThat(find(new ProviderLogout("https://id.example", null, "desk"))).containsExactly(desk);
		assertThat(find(new ProviderLogout("https://id.example", "adam", "desk"))).isEmpty();
		assertThat(find(new ProviderLogout("https://other.example", "eve", null))).isEmpty();
		one.store.removeSession(phone).block();
		assertThat(find(new ProviderLogout("https://id.example", "eve", null))).containsExactly(desk);
	}

	@Test
	@Tag("bff-11")
	void answersComeBackOnTheLoopThatAsked() throws InterruptedException, ExecutionException {
		String id = one.signIn("ann", null).getId();
		DefaultEventExecutor loop = new DefaultEventExecutor();
		CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
		loop.execute(() -> two.store.retrieveSession(id).subscribe((session) -> inLoop.complete(loop.inEventLoop())));
		assertThat(inLoop.get()).isTrue();
		loop.shutdownGracefully();
	}

	@Test
	void aSessionHoldsTextsAndNothingElse() {
		WebSession session = one.store.createWebSession().block();
		session.getAttributes().put("object", new Object());
		assertThatIllegalStateException().isThrownBy(() -> session.save().block()).withMessageContaining("object");
	}

	@Test
	void aSessionNobodyUsedIsNotKept() {
		WebSession session = one.store.createWebSession().block();
		session.save().block();
		assertThat(session.isStarted()).isFalse();
		assertThat(two.store.latest(session.getId()).block()).isNull();
	}

	@Test
	@Tag("security-58")
	void withoutTheKeyASessionCannotBeRead() {
		String id = one.signIn("ann", null).getId();
		try (TestNode other = new TestNode(redis, Duration.ofHours(2), Duration.ofMinutes(1), OTHER_KEY);
				TestNode both = new TestNode(redis, Duration.ofHours(2), Duration.ofMinutes(1), OTHER_KEY,
						TestRedis.KEY)) {
			assertThat(other.store.retrieveSession(id).block()).isNull();
			assertThat(both.store.retrieveSession(id).block()).isNotNull();
		}
		assertThat(two.store.retrieveSession(id).block()).isNotNull();
	}

	private static List<String> find(ProviderLogout logout) {
		return two.store.find(logout).map(WebSession::getId).collectList().block();
	}

	/** Commands of the nodes, without those of the test. */
	private static long commands() {
		return calls("hmget") + scripts() + calls("zrangebyscore");
	}

	private static long scripts() {
		return calls("evalsha");
	}

	private static long calls(String command) {
		return redis.commands()
			.info("commandstats")
			.lines()
			.filter((line) -> line.startsWith("cmdstat_" + command + ":calls="))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
			.sum();
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

}
