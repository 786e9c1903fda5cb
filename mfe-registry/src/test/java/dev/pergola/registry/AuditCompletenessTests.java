package dev.pergola.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.ModuleStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * No write escapes the audit: the code that answers changing requests ends in the
 * journal, and tables are written from inside its writes only.
 */
@Tag("registry-18")
@Tag("security-47")
@Tag("ux-AD-12")
@AnalyzeClasses(packages = "dev.pergola.registry", importOptions = DoNotIncludeTests.class)
class AuditCompletenessTests {

	/** What tabs measured is no state that anybody decided on. */
	private static final String MEASUREMENTS = "dev.pergola.registry.health";

	/** The journal's own tables, and content that no version names yet. */
	private static final Set<String> KEPT_BY_THE_JOURNAL = Set.of("AuditStore", "HistoryStore", "DirectoryBundleStore",
			"S3BundleStore");

	/** Which node looks after guards, and what it counted; what it decides is a write. */
	private static final String BOOKKEEPER = "dev.pergola.registry.guard.Watchdog";

	@ArchTest
	static final ArchRule everyChangingRequestEndsInTheJournal = methods().that(changeSomething())
		.and(areOutside(MEASUREMENTS))
		.and(DescribedPredicate.not(ask()))
		.should(reachTheJournal());

	@ArchTest
	static final ArchRule tablesAreWrittenInsideWritesOnly = methods().that(writeATable())
		.should(beCalledInsideWritesOnly())
		.allowEmptyShould(false);

	private static DescribedPredicate<JavaMethod> changeSomething() {
		return DescribedPredicate.describe("answer changing requests",
				(method) -> Stream.of(PutMapping.class, PostMapping.class, DeleteMapping.class, PatchMapping.class)
					.anyMatch(method::isAnnotatedWith));
	}

	/** A question too long for an address. */
	private static DescribedPredicate<JavaMethod> ask() {
		return DescribedPredicate.describe("ask with a body",
				(method) -> method.getFullName().startsWith("dev.pergola.registry.navigation.DraftController.diff("));
	}

	private static DescribedPredicate<JavaMethod> areOutside(String name) {
		return DescribedPredicate.describe("are outside " + name,
				(method) -> !method.getOwner().getPackageName().startsWith(name));
	}

	private static DescribedPredicate<JavaMethod> writeATable() {
		return DescribedPredicate.describe("write a table",
				(method) -> isStore(method.getOwner())
						&& !KEPT_BY_THE_JOURNAL.contains(method.getOwner().getSimpleName())
						&& !method.getOwner().getPackageName().startsWith(MEASUREMENTS)
						&& reachable(method, (each) -> each.getOwner().equals(method.getOwner())).stream()
							.anyMatch(AuditCompletenessTests::updates));
	}

	private static ArchCondition<JavaMethod> reachTheJournal() {
		return new ArchCondition<>("reach Journal.write") {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean reaches = reachable(method, (each) -> true).stream().anyMatch(AuditCompletenessTests::isWrite);
				events.add(new SimpleConditionEvent(method, reaches, method.getFullName()));
			}
		};
	}

	private static ArchCondition<JavaMethod> beCalledInsideWritesOnly() {
		return new ArchCondition<>("be called inside Journal.write only") {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				callers(method, method.getOwner()).stream()
					.filter((access) -> !access.getOriginOwner().getName().equals(BOOKKEEPER))
					.forEach((access) -> events.add(new SimpleConditionEvent(method,
							isInsideWrite(access, new HashSet<>()), access.getDescription())));
			}
		};
	}

	/**
	 * In a lambda that goes to the journal, in what takes a write, or in what only such
	 * call.
	 */
	private static boolean isInsideWrite(JavaAccess<?> access, Set<JavaCodeUnit> seen) {
		JavaCodeUnit origin = access.getOrigin();
		boolean takesWrite = origin.getRawParameterTypes()
			.stream()
			.anyMatch((type) -> type.isEquivalentTo(Write.class));
		boolean inLambda = access.isDeclaredInLambda() && origin.getMethodCallsFromSelf()
			.stream()
			.anyMatch((call) -> isWrite(call.getTarget().getOwner(), call.getName()));
		if (takesWrite || inLambda) {
			return true;
		}
		List<? extends JavaAccess<?>> callers = (origin instanceof JavaMethod method) ? callers(method, null)
				: List.of();
		return !callers.isEmpty() && seen.add(origin)
				&& callers.stream().allMatch((caller) -> isInsideWrite(caller, seen));
	}

	private static List<? extends JavaAccess<?>> callers(JavaMethod method, JavaClass except) {
		return Stream
			.<JavaCodeUnitAccess<?>>concat(method.getCallsOfSelf().stream(), method.getReferencesToSelf().stream())
			.filter((access) -> !access.getOriginOwner().equals(except))
			.toList();
	}

	private static Set<JavaCodeUnit> reachable(JavaCodeUnit start, Predicate<JavaCodeUnit> into) {
		Set<JavaCodeUnit> reached = new HashSet<>(Set.of(start));
		Deque<JavaCodeUnit> open = new ArrayDeque<>(reached);
		while (!open.isEmpty()) {
			JavaCodeUnit next = open.poll();
			Stream
				.<JavaCodeUnitAccess<?>>concat(next.getCallsFromSelf().stream(),
						next.getCodeUnitReferencesFromSelf().stream())
				.flatMap((access) -> access.getTarget().resolveMember().stream())
				.flatMap(AuditCompletenessTests::implementations)
				.filter((unit) -> unit.getOwner().getPackageName().startsWith("dev.pergola.registry"))
				.filter(into)
				.filter(reached::add)
				.forEach(open::add);
		}
		return reached;
	}

	private static Stream<JavaCodeUnit> implementations(JavaCodeUnit unit) {
		String[] parameters = unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
		return Stream.concat(Stream.of(unit),
				unit.getOwner()
					.getAllSubclasses()
					.stream()
					.flatMap((type) -> type.tryGetMethod(unit.getName(), parameters).stream()));
	}

	private static boolean isStore(JavaClass type) {
		return type.getSimpleName().endsWith("Store") && !type.isInterface();
	}

	private static boolean updates(JavaCodeUnit unit) {
		return unit.getMethodCallsFromSelf()
			.stream()
			.anyMatch((call) -> call.getTargetOwner().isAssignableTo(JdbcClient.StatementSpec.class)
					&& call.getName().equals("update"));
	}

	private static boolean isWrite(JavaCodeUnit unit) {
		return isWrite(unit.getOwner(), unit.getName());
	}

	private static boolean isWrite(JavaClass owner, String method) {
		return owner.isEquivalentTo(Journal.class) && method.equals("write");
	}

	/** The rules would hold for code that writes nothing, too. */
	@ArchTest
	static void findsTheStoresThatWrite(JavaClasses classes) {
		Set<String> stores = classes.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter(writeATable())
			.map((method) -> method.getOwner().getSimpleName())
			.collect(Collectors.toSet());
		assertThat(stores).contains("ModuleStore", "VersionStore", "ChannelStore", "NavigationStore", "TokenStore",
				"TeamStore", "PublisherStore", "ReservationStore");
	}

	@Test
	void findsARequestThatEscapes() {
		JavaClasses classes = new ClassFileImporter().importClasses(Escape.class, ModuleStore.class, Journal.class,
				Write.class);
		assertThat(everyChangingRequestEndsInTheJournal.evaluate(classes).hasViolation()).isTrue();
		assertThat(tablesAreWrittenInsideWritesOnly.evaluate(classes).getFailureReport().getDetails()).hasSize(1)
			.first()
			.asString()
			.contains("Escape.change");
	}

	/** What must not be. */
	private static final class Escape {

		private final ModuleStore modules;

		private final Journal journal;

		Escape(ModuleStore modules, Journal journal) {
			this.modules = modules;
			this.journal = journal;
		}

		@PutMapping("/escape")
		void change() {
			this.modules.touch("module", 1);
		}

		void write(Caller caller) {
			this.journal.write(caller, (write) -> {
				this.modules.touch("module", write.revision());
				return "";
			});
		}

	}

}
