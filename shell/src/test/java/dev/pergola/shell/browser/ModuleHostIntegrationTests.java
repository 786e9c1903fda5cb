package dev.pergola.shell.browser;

import com.microsoft.playwright.Browser;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Chromium.class)
class ModuleHostIntegrationTests {

	private static final String HOST = "<pergola-module-host data-module='%1$s' data-page='list' data-element='%1$s-list' data-params='{\"id\":\"7\"}'></pergola-module-host>";

	private final ScriptedPortal portal = new ScriptedPortal();

	@AfterEach
	void close() {
		this.portal.close();
	}

	private static String element(String tag, String connected) {
		return """
				customElements.define("%s", class extends HTMLElement {
				  connectedCallback() { %s }
				});
				""".formatted(tag, connected);
	}

	private static ScriptedModule works(String name) {
		return ScriptedModule.of(name, "1.0.0", element(name + "-list", "this.textContent = `" + name
				+ " works for ${this.pergola.session.name}, ${this.pergola.params.id}`;"));
	}

	private void show(String... modules) {
		StringBuilder main = new StringBuilder();
		for (String module : modules) {
			main.append(HOST.formatted(module));
		}
		this.portal.page("/", main.toString());
	}

	@Test
	@Tag("registry-20")
	void everyModuleWorksBesideDeadSlowBrokenAndThrowingOnes(Browser browser) {
		this.portal.setting("loadMillis", 600)
			.module(works("alpha"))
			.module(works("beta"))
			.module(works("dead"))
			.module(works("slow"))
			.module(ScriptedModule.of("broken", "1.0.0", "export const x = ;"))
			.module(ScriptedModule.of("throwing", "1.0.0", element("throwing-list", "throw new Error('on purpose')")))
			.module(ScriptedModule.of("rejecting", "1.0.0",
					"export async function mount() { throw new Error('rejected') }"))
			.module(ScriptedModule.of("empty", "1.0.0", "export const nothing = 1;"))
			.route("/modules/dead/1.0.0/entry.js", (request, response) -> response.sendNotFound())
			.route("/modules/slow/1.0.0/entry.js", (request, response) -> response.sendString(Flux.never()));
		show("alpha", "dead", "slow", "broken", "throwing", "rejecting", "empty", "unknown", "beta");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("alpha")).hasText("alpha works for Ada, 7");
			assertThat(tab.host("beta")).hasText("beta works for Ada, 7");
			assertThat(tab.host("dead")).containsText("Its files could not be loaded.");
			assertThat(tab.host("slow")).containsText("did not answer within 1 seconds");
			for (String module : new String[] { "broken", "throwing", "rejecting", "empty" }) {
				assertThat(tab.host(module)).containsText("It stopped with an error.");
			}
			assertThat(tab.host("unknown")).containsText("It is not known to the portal.");
			assertThat(tab.page().locator("[data-state=failed]")).hasCount(7);
		}
	}

	@Test
	void retryMountsAModuleWhoseFileHasComeBack(Browser browser) {
		ScriptedModule module = works("alpha");
		this.portal.module(module).route(module.entry(), (request, response) -> response.sendNotFound());
		show("alpha");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("alpha")).containsText("could not be shown");
			this.portal.module(module);
			tab.button("Retry").click();
			assertThat(tab.host("alpha")).hasText("alpha works for Ada, 7");
		}
	}

	@Test
	@Tag("registry-4")
	void aChangedByteStopsThatModuleAlone(Browser browser) {
		ScriptedModule module = works("alpha");
		this.portal.module(module).module(works("beta"));
		this.portal.answer(module.entry(), "text/javascript", module.script() + " ");
		show("alpha", "beta");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("alpha")).containsText("could not be");
			assertThat(tab.host("beta")).hasText("beta works for Ada, 7");
			tab.button("Retry").click();
			assertThat(tab.host("alpha")).containsText("Its files are not the ones that were published.");
		}
	}

	@Test
	void anErrorAfterMountingShowsAboveWhatIsThere(Browser browser) {
		this.portal.module(ScriptedModule.of("alpha", "1.0.0", element("alpha-list",
				"this.innerHTML ??= ''; const b = document.createElement('button'); b.textContent = 'Break'; b.onclick = () => { throw new Error('late') }; this.append(b);"
					.replace("this.innerHTML ??= ''; ", ""))))
			.module(works("beta"));
		show("alpha", "beta");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.button("Break").click();
			assertThat(tab.host("alpha")).containsText("Alpha could not be shown");
			assertThat(tab.button("Break")).isVisible();
			assertThat(tab.host("beta")).hasText("beta works for Ada, 7");
			assertThat(tab.page().locator(".pergola-error-card")).hasCount(1);
		}
	}

	@Test
	void theSameTagInTwoModulesNeverFailsAndIsReported(Browser browser) {
		this.portal.module(ScriptedModule.of("alpha", "1.0.0", element("shared-tag", "this.textContent = 'of alpha'")))
			.module(ScriptedModule.of("beta", "1.0.0", element("shared-tag", "this.textContent = 'of beta'")));
		this.portal.page("/", """
				<pergola-module-host data-module="alpha" data-element="shared-tag"></pergola-module-host>
				<pergola-module-host data-module="beta" data-element="shared-tag"></pergola-module-host>""");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("alpha")).hasText("of alpha");
			assertThat(tab.host("beta")).hasText("of beta");
			assertThat(tab.console()).anyMatch((line) -> line.contains("<shared-tag>")
					&& line.contains("/modules/alpha/1.0.0/entry.js") && line.contains("/modules/beta/1.0.0/entry.js"));
		}
	}

	@Test
	@Tag("registry-21")
	void fiftyMountCyclesLeaveNothingBehind(Browser browser) {
		this.portal.module(ScriptedModule.of("alpha", "1.0.0", """
				export function mount(container, pergola) {
				  for (let at = 0; at < 100; at += 1) container.append(document.createElement("p"));
				  addEventListener("resize", () => container, { signal: pergola.signal });
				  pergola.on("thing.made.v1", () => container);
				  globalThis.signals = [...(globalThis.signals ?? []), pergola.signal];
				}
				""").styled("p { color: red }"));
		show("alpha");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("alpha").locator("p")).hasCount(100);
			Object cycles = tab.evaluate(
					"""
							async () => {
							  const host = document.querySelector("pergola-module-host");
							  const place = host.parentElement;
							  const shown = () => new Promise((done) =>
							    host.addEventListener("pergola-module-load", done, { once: true }));
							  for (let cycle = 0; cycle < 50; cycle += 1) {
							    host.remove();
							    const back = shown();
							    place.append(host);
							    await back;
							  }
							  const live = signals.filter((signal) => !signal.aborted).length;
							  return [host.querySelectorAll("p").length, live, document.adoptedStyleSheets.length, signals.length];
							}""");
			assertThat(cycles).hasToString("[100, 1, 2, 51]");
		}
	}

	@Test
	void whatAModuleForgotEndsWithItsLastPlace(Browser browser) {
		this.portal.module(ScriptedModule.of("alpha", "1.0.0", """
				export function mount(container) {
				  setInterval(() => { globalThis.ticks = (globalThis.ticks ?? 0) + 1 }, 1);
				  new MutationObserver(() => { globalThis.seen = (globalThis.seen ?? 0) + 1 })
				    .observe(document.body, { attributes: true });
				  addEventListener("probe", () => { globalThis.heard = (globalThis.heard ?? 0) + 1 });
				  container.textContent = "mounted";
				}
				"""));
		show("alpha");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("alpha")).hasText("mounted");
			Object left = tab.evaluate("""
					async () => {
					  const host = document.querySelector("pergola-module-host");
					  const place = host.parentElement;
					  for (let cycle = 0; cycle < 10; cycle += 1) {
					    host.remove();
					    const back = new Promise((done) =>
					      host.addEventListener("pergola-module-load", done, { once: true }));
					    place.append(host);
					    await back;
					  }
					  host.remove();
					  const pause = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
					  await pause();
					  globalThis.ticks = globalThis.seen = globalThis.heard = 0;
					  document.body.setAttribute("data-changed", "now");
					  dispatchEvent(new Event("probe"));
					  await pause();
					  return [ticks, seen, heard];
					}""");
			assertThat(left).hasToString("[0, 0, 1]");
		}
	}

	@Test
	@Tag("registry-25")
	void stylesOfAModuleReachItsOwnPlaceOnly(Browser browser) {
		this.portal.module(works("alpha")).module(works("beta").styled("""
				p, main, h1 { color: rgb(1, 2, 3) } beta-list { color: rgb(4, 5, 6) }
				} h1 { color: rgb(7, 8, 9) }
				"""));
		show("alpha", "beta");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("beta").locator("beta-list")).hasCSS("color", "rgb(4, 5, 6)");
			assertThat(tab.evaluate("getComputedStyle(document.querySelector('h1')).color").toString())
				.isNotIn("rgb(1, 2, 3)", "rgb(7, 8, 9)");
			assertThat(tab.evaluate("getComputedStyle(document.querySelector('alpha-list')).color").toString())
				.isNotEqualTo("rgb(4, 5, 6)");
		}
	}

	@Test
	@Tag("registry-22")
	void modulesOfOtherFormatsAreShown(Browser browser) {
		this.portal
			.module(ScriptedModule
				.of("spa", "1.0.0",
						"""
								export const bootstrap = [async () => {}];
								export const mount = async ({ domElement, name, pergola }) => { domElement.textContent = name + " " + pergola.version };
								export const unmount = async ({ domElement }) => { domElement.textContent = "" };
								""")
				.as("single-spa"))
			.module(ScriptedModule.of("container", "1.0.0", """
					export const init = async () => {};
					export const get = async (name) => () => ({ mount: (c) => { c.textContent = "exposed " + name } });
					""").as("module-federation"))
			.module(ScriptedModule.of("legacy", "1.0.0", "<p>from long ago</p>").as("iframe"));
		show("spa", "container", "legacy");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.host("spa")).hasText("spa 1.0.0");
			assertThat(tab.host("container")).hasText("exposed ./list");
			assertThat(tab.host("legacy").frameLocator("iframe").locator("p")).hasText("from long ago");
			assertThat(tab.host("legacy").locator("iframe").getAttribute("sandbox"))
				.doesNotContain("allow-same-origin");
		}
	}

	@Test
	@Tag("registry-26")
	void aSlowFillerKeepsNoOtherWaiting(Browser browser) {
		this.portal.module(works("alpha"))
			.module(works("beta"))
			.module(works("slow"))
			.route("/modules/slow/1.0.0/entry.js", (request, response) -> response.sendString(Mono.never()))
			.slot("home.cards", "beta", "beta-list", 20)
			.slot("home.cards", "slow", "slow-list", 5)
			.slot("home.cards", "alpha", "alpha-list", 10)
			.slot("other", "alpha", "alpha-list", 1)
			.page("/", "<pergola-slot name='home.cards' class='pergola-grid'></pergola-slot>");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.page().locator("pergola-slot > article"))
				.hasText(new String[] { "", "alpha works for Ada, undefined", "beta works for Ada, undefined" });
		}
	}

}
