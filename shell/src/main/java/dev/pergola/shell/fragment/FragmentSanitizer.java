package dev.pergola.shell.fragment;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.pergola.shell.address.Addresses;
import org.jspecify.annotations.Nullable;
import org.owasp.html.AttributePolicy;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Keeps of a module's HTML what a page needs (text, tables, lists, forms, pictures) and
 * drops everything that runs, styles, frames or leaves the portal. Addresses stay only
 * when they are paths of the portal itself.
 */
public final class FragmentSanitizer {

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_:.\\[\\]-]{0,127}");

	private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_:. -]{1,255}");

	private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,10})?");

	private static final Set<String> INPUT_TYPES = Set.of("text", "search", "email", "tel", "url", "number", "date",
			"datetime-local", "month", "week", "time", "checkbox", "radio", "hidden", "submit", "reset", "range",
			"color", "button");

	/*
	 * Ids and names the browser would hang on document or on a form and so hide its own
	 * members ("DOM clobbering").
	 */
	private static final Set<String> RESERVED = Set.of("attributes", "body", "children", "cookie", "currentscript",
			"documentelement", "forms", "head", "location", "action", "method", "submit", "elements", "innerhtml",
			"parentnode", "ownerdocument", "getelementbyid", "queryselector", "createelement", "main", "pergola-state");

	private static final AttributePolicy LOCAL_PATH = (element, attribute, value) -> Addresses.isLocal(value) ? value
			: null;

	private static final AttributePolicy PAGE = (element, attribute, value) -> Addresses.isPageOfModule(value) ? value
			: null;

	private static final AttributePolicy SAFE_NAME = (element, attribute,
			value) -> NAME.matcher(value).matches() && !isReserved(value.toLowerCase(Locale.ROOT)) ? value : null;

	private static final AttributePolicy NUMERIC = (element, attribute, value) -> NUMBER.matcher(value).matches()
			? value : null;

	private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
		.allowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "section", "article", "header", "footer",
				"nav", "aside", "hr", "br", "ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "b", "i", "small", "s",
				"mark", "abbr", "code", "pre", "kbd", "samp", "blockquote", "q", "cite", "time", "data", "sub", "sup",
				"figure", "figcaption", "details", "summary", "address", "del", "ins", "var", "wbr")
		.allowElements("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
		.allowElements("form", "fieldset", "legend", "label", "input", "textarea", "select", "optgroup", "option",
				"button", "output", "progress", "meter", "datalist")
		.allowElements("a", "img")
		.allowWithoutAttributes("span", "a", "label", "input", "button", "textarea", "select", "form", "img")
		.allowTextIn("table", "option", "textarea")
		.allowAttributes("class")
		.matching(NAMES)
		.globally()
		.allowAttributes("id")
		.matching(SAFE_NAME)
		.globally()
		.allowAttributes("lang", "dir", "title", "role", "hidden")
		.globally()
		.allowAttributes("aria-label", "aria-labelledby", "aria-describedby", "aria-current", "aria-hidden",
				"aria-live", "aria-invalid", "aria-required", "aria-sort", "aria-expanded", "aria-controls",
				"aria-errormessage", "aria-level", "aria-selected", "aria-pressed", "aria-busy", "aria-atomic")
		.globally()
		.allowAttributes("href")
		.matching(LOCAL_PATH)
		.onElements("a")
		.allowAttributes("src")
		.matching(LOCAL_PATH)
		.onElements("img")
		.allowAttributes("alt")
		.onElements("img")
		.allowAttributes("width", "height", "colspan", "rowspan", "span", "start", "size", "maxlength", "minlength",
				"rows", "cols", "low", "high", "optimum")
		.matching(NUMERIC)
		.onElements("img", "td", "th", "col", "colgroup", "ol", "input", "select", "textarea", "meter")
		.allowAttributes("scope", "headers", "abbr", "data-label")
		.onElements("th", "td")
		.allowAttributes("datetime", "cite")
		.matching(NAMES)
		.onElements("time", "del", "ins")
		.allowAttributes("open")
		.onElements("details")
		.allowAttributes("action")
		.matching(PAGE)
		.onElements("form")
		.allowAttributes("formaction")
		.matching(PAGE)
		.onElements("button", "input")
		.allowAttributes("method")
		.matching(true, "get", "post")
		.onElements("form")
		.allowAttributes("type")
		.matching((element, attribute, value) -> INPUT_TYPES.contains(value.toLowerCase(Locale.ROOT)) ? value : null)
		.onElements("input")
		.allowAttributes("type")
		.matching(true, "submit", "reset", "button")
		.onElements("button")
		.allowAttributes("name")
		.matching(SAFE_NAME)
		.onElements("input", "select", "textarea", "button", "output", "fieldset")
		.allowAttributes("for")
		.matching(NAMES)
		.onElements("label", "output")
		.allowAttributes("list")
		.matching(NAME)
		.onElements("input")
		.allowAttributes("value", "placeholder", "checked", "required", "readonly", "disabled", "min", "max", "step",
				"pattern", "autocomplete", "multiple", "inputmode", "selected", "label", "novalidate")
		.onElements("input", "textarea", "select", "option", "optgroup", "button", "fieldset", "progress", "meter",
				"data", "li", "form")
		.disallowElements("script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "base",
				"link", "meta", "title", "frame", "frameset", "xmp", "plaintext", "noembed", "noframes")
		.toFactory();

	/**
	 * Cleans HTML of a fragment.
	 * @param html HTML as the upstream sent it, whole document or part
	 * @return HTML that cannot run, style, frame or send anything anywhere else
	 */
	public String clean(@Nullable String html) {
		return POLICY.sanitize(html);
	}

	// What the portal's own scripts look for by id begins with "pergola-".
	private static boolean isReserved(String name) {
		return RESERVED.contains(name) || name.startsWith("pergola-");
	}

}
