package dev.pergola.design.browser;

import java.util.List;
import java.util.Map;
import java.util.Random;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

class ChatIntegrationTests extends GalleryContract {

	private static final String WRITE = """
			async ({ text, cuts }) => {
			  const message = document.createElement('pergola-chat-message');
			  document.querySelector('main').append(message);
			  let from = 0;
			  for (const cut of [...cuts, text.length]) {
			    message.append(text.slice(from, cut));
			    from = cut;
			  }
			  message.finish();
			  await message.updateComplete;
			  return message.shadowRoot.querySelector('.markdown').innerHTML.replace(/<div class="code"><div>.*?<\\/div>/s, '<div class="code">');
			}""";

	private static final List<String> HOSTILE = List.of("<script>window.hit = 1</script>",
			"<img src=x onerror=\"window.hit = 1\">", "<svg/onload=window.hit=1>", "[x](javascript:window.hit=1)",
			"[x](JaVaScRiPt:window.hit=1)", "[x](java\tscript:window.hit=1)",
			"[x](data:text/html,<script>window.hit=1</script>)", "[x](vbscript:msgbox(1))",
			"[x](//evil.example@good.example)", "[x](https://good.example@evil.example/)",
			"![x](https://evil.example/pixel.png)", "![x](javascript:window.hit=1)", "<javascript:window.hit=1>",
			"<https://evil.example/\" onmouseover=\"window.hit=1>", "`<img src=x onerror=window.hit=1>`",
			"```html\n<script>window.hit=1</script>\n```", "```\"><img src=x onerror=window.hit=1>\nx\n```",
			"| <img src=x onerror=window.hit=1> |\n| --- |\n| <iframe src=javascript:window.hit=1> |",
			"# <details open ontoggle=window.hit=1>", "- <a href=\"javascript:window.hit=1\">x</a>",
			"&lt;script&gt;window.hit=1&lt;/script&gt;", "[x]( javascript:window.hit=1)",
			"[x](&#106;avascript:window.hit=1)", "[<img src=x onerror=window.hit=1>](https://evil.example)",
			"[x](/.//evil.example/login)", "[x](/..//evil.example)", "[x](/%2e//evil.example)",
			"[x](/.\\\\evil.example)", "[x](/deals/..//evil.example)", "[x](blob:https://evil.example/1)",
			"[x](file:///etc/passwd)", "[x](http://evil.example)", "<style>*{display:none}</style>",
			"<base href=\"https://evil.example/\">", "{{constructor.constructor('hit=1')()}}");

	private static final String RICH = """
			# Two *partners* fit

			1. **Northwind** has `open_capacity`
			   - lane A
			   - lane B
			2. Alder & Finch, see [their page](/partnerships/7)

			| Partner | Value |
			| --- | ---: |
			| A \\| B | **12** |

			> quoted
			> twice

			- [ ] write
			- [x] call

			```js
			const a = "<b>";
			```
			***both*** and ~~gone~~ at https://example.com/x. End
			""";

	@Test
	void markdownBecomesElements() {
		Page page = page("chat-message");
		String html = write(page, RICH, List.of());
		assertThat(html).contains("<h3>Two <em>partners</em> fit</h3>",
				"<ol><li><strong>Northwind</strong> has <code>open_capacity</code><ul><li>lane A</li><li>lane B</li></ul></li>",
				"<a href=\"%s/partnerships/7\">their page</a>".formatted(page.evaluate("location.origin")),
				"<td class=\"\">A | B</td>", "<td class=\"end\"><strong>12</strong></td>",
				"<blockquote><p>quoted\ntwice</p></blockquote>", "☐ write", "☑ call", "const a = \"&lt;b&gt;\";",
				"<strong><em>both</em></strong>", "<del>gone</del>", "href=\"https://example.com/x\"", "</a>. End");
	}

	@Test
	void theSameComesOutHoweverTheTextIsCut() {
		Page page = page("chat-message");
		String whole = write(page, RICH, List.of());
		List<Integer> everywhere = java.util.stream.IntStream.range(1, RICH.length()).boxed().toList();
		assertThat(write(page, RICH, everywhere)).isEqualTo(whole);
		Random random = new Random(7);
		for (int round = 0; round < 30; round++) {
			List<Integer> cuts = random.ints(12, 1, RICH.length()).distinct().sorted().boxed().toList();
			assertThat(write(page, RICH, cuts)).as("cut at %s", cuts).isEqualTo(whole);
		}
	}

	@Test
	void whatIsNotClosedStaysAsTyped() {
		Page page = page("chat-message");
		assertThat(write(page, "2 * 3 **bold and `code", List.of())).isEqualTo("<p>2 * 3 **bold and `code</p>");
		assertThat(write(page, "snake_case_name [no link", List.of())).isEqualTo("<p>snake_case_name [no link</p>");
		assertThat(write(page, "| a | b |", List.of())).isEqualTo("<p>| a | b |</p>");
	}

	@Test
	@Tag("CH-7")
	void nothingAnAgentWritesRunsOrLoads() {
		Page page = page("chat-message");
		assertThat(HOSTILE).allSatisfy((text) -> inert(page, text));
		page.context().close();
	}

	@Test
	void aPathThatReadsAsAnotherHostIsNoLink() {
		Page page = page("chat-message");
		String origin = (String) page.evaluate("location.origin");
		String address = origin + "//evil.example/login";
		assertThat(write(page, "[Open](%s)".formatted(address), List.of()))
			.isEqualTo("<p>Open (%s)</p>".formatted(address));
		assertThat(write(page, "[Open](/deals?of=//evil.example)", List.of()))
			.isEqualTo("<p><a href=\"%s/deals?of=//evil.example\">Open</a></p>".formatted(origin));
		page.context().close();
	}

	@Test
	void wordsWrittenBeforeTheElementWasDefinedAreKept() {
		Page page = page("chat-message");
		Object text = page.evaluate("""
				async () => {
				  const holder = document.createElement('div');
				  const message = document.createElement('pergola-chat-message');
				  Element.prototype.append.call(message, 'Hello **there**');
				  document.querySelector('main').append(message);
				  message.finish();
				  await message.updateComplete;
				  return message.shadowRoot.querySelector('.markdown').innerHTML + message.childNodes.length;
				}""");
		assertThat(text).isEqualTo("<p>Hello <strong>there</strong></p>0");
	}

	@Test
	void writingLeavesThePagesTimersAlone() {
		Page page = page("chat-message");
		Object fired = page.evaluate("""
				async () => {
				  const message = document.createElement('pergola-chat-message');
				  document.querySelector('main').append(message);
				  let fired = 0;
				  for (let id = 0; id < 40; id++) setTimeout(() => fired++, 200);
				  for (let frame = 0; frame < 40; frame++) {
				    message.append('word ');
				    await new Promise(requestAnimationFrame);
				  }
				  while (performance.now() < 60_000 && fired < 40) await new Promise(requestAnimationFrame);
				  return fired;
				}""");
		assertThat(fired).isEqualTo(40);
		page.context().close();
	}

	@Test
	@Tag("CH-6")
	void twentyThousandCharactersStaySmooth() {
		Page page = page("chat-message");
		Number usual = (Number) page.evaluate("""
				async (text) => {
				  const message = document.createElement('pergola-chat-message');
				  document.querySelector('main').append(message);
				  const pieces = [];
				  for (let at = 0; at < text.length; at += 250) {
				    message.append(text.slice(at, at + 250));
				    await new Promise((done) => requestAnimationFrame(() => {
				      const before = performance.now();
				      message.shadowRoot.querySelector('.markdown').getBoundingClientRect();
				      pieces.push(performance.now() - before);
				      done();
				    }));
				  }
				  message.remove();
				  // Not the longest: a busy machine takes its time now and then.
				  const last = pieces.slice(-20).sort((one, other) => one - other);
				  return last[10];
				}""", (RICH.repeat(60) + "word ".repeat(1000)).substring(0, 20_000));
		assertThat(usual.doubleValue()).as("layout of one of the last pieces, in milliseconds").isLessThan(50);
	}

	@Test
	@Tag("CH-4")
	void theFieldTakesTheFocusAsSoonAsItIsThere() {
		Page page = page("chat");
		page.evaluate("""
				() => {
				  const chat = document.createElement('pergola-chat');
				  chat.id = 'new';
				  document.querySelector('main').append(chat);
				  chat.focus();
				}""");
		assertThat(page.locator("#new textarea")).isFocused();
		page.context().close();
	}

	@Test
	@Tag("CH-2")
	void theSameErrorIsHeardEachTime() {
		Page page = page("chat");
		Object heard = page.evaluate("""
				async () => {
				  const chat = document.querySelector('#chat-live');
				  await customElements.whenDefined('pergola-chat');
				  await chat.updateComplete;
				  const alert = chat.shadowRoot.querySelector('[role=alert]');
				  const heard = [];
				  new MutationObserver(() => heard.push(alert.textContent.trim()))
				    .observe(alert, { childList: true, characterData: true, subtree: true });
				  const once = async () => {
				    chat.announce('No answer', { assertive: true });
				    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
				  };
				  await once();
				  await once();
				  chat.busy = true;
				  await chat.updateComplete;
				  return heard.join();
				}""");
		assertThat(heard).isEqualTo("No answer,,No answer,");
		page.context().close();
	}

	@Test
	@Tag("CH-3")
	void transcriptFollowsItsEndUntilTheReaderScrollsUp() {
		Page page = page("chat");
		page.evaluate("""
				async () => {
				  const chat = document.querySelector('#chat-live');
				  await customElements.whenDefined('pergola-chat');
				  await chat.updateComplete;
				  window.log = chat.shadowRoot.querySelector('[part=log]');
				  window.say = async (text) => {
				    const message = document.createElement('pergola-chat-message');
				    message.append(text);
				    chat.append(message);
				    message.finish();
				    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
				  };
				  await window.say('line\\n'.repeat(60));
				}""");
		assertThat(distance(page)).isLessThanOrEqualTo(1);
		page.evaluate("""
				async () => {
				  window.log.scrollTop -= 60;
				  for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
				  await window.say('more\\n'.repeat(10));
				}""");
		assertThat(distance(page)).isGreaterThan(60);
		page.getByText("Jump to latest").click();
		page.waitForFunction("() => window.log.scrollHeight - window.log.clientHeight - window.log.scrollTop <= 1");
		page.context().close();
	}

	private static void inert(Page page, String text) {
		String html = write(page, text, List.of());
		String inspected = """
				() => {
				  const root = [...document.querySelectorAll('pergola-chat-message')].at(-1).shadowRoot.querySelector('.markdown');
				  const tags = [...root.querySelectorAll('*')];
				  tags.filter((each) => each.tagName === 'A').forEach((each) => each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })));
				  return {
				    foreign: tags.filter((each) => /^(SCRIPT|IMG|IFRAME|SVG|STYLE|BASE|DETAILS|OBJECT|EMBED|FORM)$/i.test(each.tagName)).length,
				    handlers: tags.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith('on')).length,
				    links: tags.filter((each) => each.tagName === 'A' && each.host !== location.host).map((each) => each.protocol + (each.textContent.includes(each.host) ? '' : ' hidden host')),
				    hit: window.hit ?? null
				  };
				}""";
		@SuppressWarnings("unchecked")
		Map<String, Object> seen = (Map<String, Object>) page.evaluate(inspected);
		assertThat(seen).as(html).containsEntry("foreign", 0).containsEntry("handlers", 0).containsEntry("hit", null);
		assertThat((List<?>) seen.get("links")).as(html).allMatch((link) -> link.equals("https:"));
	}

	private static double distance(Page page) {
		return ((Number) page.evaluate("window.log.scrollHeight - window.log.clientHeight - window.log.scrollTop"))
			.doubleValue();
	}

	private static String write(Page page, String text, List<Integer> cuts) {
		page.waitForFunction("() => customElements.get('pergola-chat-message') !== undefined");
		return (String) page.evaluate(WRITE, Map.of("text", text, "cuts", cuts));
	}

}
