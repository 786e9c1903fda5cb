package dev.pergola.samples.organizations;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws the pages. Links lead to pages of the portal; the names of classes are those of
 * its style sheet.
 */
class Pages {

	static final int ROWS = 12;

	private static final Map<String, String> TONES = Map.of("partner", "success", "customer", "info");

	private final Words words;

	Pages(Words words) {
		this.words = words;
	}

	Html list(List<Organization> found, List<String> industries, String q, String industry, int asked) {
		int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
		int page = Math.clamp(asked, 1, pages);
		List<Organization> shown = found.stream().skip((page - 1L) * ROWS).limit(ROWS).toList();
		return Html.of("""
				<header class="pergola-page-header"><div><h1>{}</h1><p>{}</p></div></header>
				<form class="pergola-toolbar" method="get" action="/organizations" role="search">
				<div class="pergola-field"><label for="organizations-q">{}</label>
				<input id="organizations-q" type="search" name="q" value="{}" placeholder="{}"></div>
				<div class="pergola-field"><label for="organizations-industry">{}</label>
				<select id="organizations-industry" name="industry"><option value="">{}</option>{}</select></div>
				<button class="pergola-button" type="submit">{}</button>
				</form>
				{}{}""", this.words.get("application"), this.words.get("lead"), this.words.get("search"), q,
				this.words.get("search.hint"), this.words.get("industry"), this.words.get("industry.any"),
				options(industries, industry), this.words.get("search.go"),
				shown.isEmpty() ? none() : table(found, shown),
				(pages > 1) ? pagination(q, industry, page, pages) : Html.NONE);
	}

	private Html table(List<Organization> found, List<Organization> shown) {
		List<Html> rows = new ArrayList<>();
		for (Organization one : shown) {
			rows.add(Html.of("""
					<tr><th scope="row"><a href="/organizations/{}">{}</a></th><td>{}</td><td>{}, {}</td>
					<td class="pergola-number">{}</td><td>{}</td></tr>
					""", one.id(), one.name(), one.industry(), one.city(), one.country(), number(one.employees()),
					badge(one.status())));
		}
		return Html.of("""
				<p class="pergola-quiet pergola-small" role="status">{}</p>
				<div class="pergola-table-frame"><table class="pergola-table">
				<thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th>
				<th scope="col" class="pergola-number">{}</th><th scope="col">{}</th></tr></thead>
				<tbody>{}</tbody></table></div>
				""", this.words.get("count", found.size()), this.words.get("name"), this.words.get("industry"),
				this.words.get("city"), this.words.get("employees"), this.words.get("status"), Html.join(rows));
	}

	private Html none() {
		return Html.of("""
				<div class="pergola-empty" role="status"><h2>{}</h2><p>{}</p>
				<div class="pergola-actions"><a class="pergola-button" href="/organizations">{}</a></div></div>
				""", this.words.get("none"), this.words.get("none.hint"), this.words.get("none.clear"));
	}

	private Html pagination(String q, String industry, int page, int pages) {
		return Html.of("""
				<nav class="pergola-pagination" aria-label="{}"><p>{}</p><ul>{}{}</ul></nav>
				""", this.words.get("pages"), this.words.get("page", page, pages),
				Html.when(page > 1, "<li><a href=\"{}\">{}</a></li>", address(q, industry, page - 1),
						this.words.get("previous")),
				Html.when(page < pages, "<li><a href=\"{}\">{}</a></li>", address(q, industry, page + 1),
						this.words.get("next")));
	}

	Html detail(Organization one, boolean mayEdit) {
		return Html.of("""
				<header class="pergola-page-header"><div><h1>{}</h1><p>{}</p></div>{}</header>
				<dl class="pergola-facts pergola-section">
				<div><dt>{}</dt><dd>{}</dd></div>
				<div><dt>{}</dt><dd>{}</dd></div>
				<div><dt>{}</dt><dd>{}, {}</dd></div>
				<div><dt>{}</dt><dd>{}</dd></div>
				<div><dt>{}</dt><dd>{}</dd></div>
				<div><dt>{}</dt><dd>{}</dd></div>
				<div><dt>{}</dt><dd>{}</dd></div>
				</dl>
				<ul class="pergola-list">
				<li><a href="/people?q={}">{}</a></li>
				<li><a href="/partnerships?q={}">{}</a></li>
				</ul>
				""", one.name(), one.about(), Html.when(mayEdit,
				"<div class=\"pergola-actions\"><a class=\"pergola-button\" href=\"/organizations/{}/edit\">{}</a></div>",
				one.id(), this.words.get("edit")), this.words.get("status"), badge(one.status()),
				this.words.get("industry"), one.industry(), this.words.get("city"), one.city(), one.country(),
				this.words.get("region"), one.region(), this.words.get("employees"), number(one.employees()),
				this.words.get("email"), one.email(), this.words.get("website"), one.website(), encode(one.name()),
				this.words.get("people"), encode(one.name()), this.words.get("partnerships"));
	}

	Html missing() {
		return Html.of("""
				<h1>{}</h1><p>{}</p><p><a class="pergola-button" href="/organizations">{}</a></p>
				""", this.words.get("missing"), this.words.get("missing.hint"), this.words.get("missing.all"));
	}

	Html edit(Organization one, OrganizationForm form, boolean stale) {
		return Html.of("""
				<header class="pergola-page-header"><div><h1>{}</h1></div></header>
				{}{}
				<form class="pergola-form" method="post" action="/organizations/{}/edit">
				<input type="hidden" name="revision" value="{}">
				{}
				<div class="pergola-field"><label for="organizations-status">{}</label>
				<select id="organizations-status" name="status">{}</select></div>
				{}{}{}
				<div class="pergola-field"><label for="organizations-about">{}</label>
				<textarea id="organizations-about" name="about" rows="4" maxlength="1000"{}>{}</textarea>{}</div>
				<div class="pergola-actions"><button class="pergola-button primary" type="submit">{}</button>
				<a class="pergola-button" href="/organizations/{}">{}</a></div>
				</form>
				""", this.words.get("form", one.name()),
				Html.when(!form.errors().isEmpty(),
						"<div class=\"pergola-message danger\" role=\"alert\"><strong>{}</strong></div>",
						this.words.get("check")),
				Html.when(stale, """
						<div class="pergola-message warning" role="alert"><strong>{}</strong><p>{}</p></div>
						""", this.words.get("stale"), this.words.get("stale.hint")), one.id(), form.revision(),
				field(form, "name", "text", form.name()), this.words.get("status"), statuses(form.status()),
				field(form, "city", "text", form.city()), field(form, "employees", "number", form.employees()),
				field(form, "email", "email", form.email()), this.words.get("about"), invalid(form, "about"),
				form.about(), error(form, "about"), this.words.get("save"), one.id(), this.words.get("cancel"));
	}

	private Html field(OrganizationForm form, String name, String type, String value) {
		return Html.of("""
				<div class="pergola-field"><label for="organizations-{}">{}</label>
				<input id="organizations-{}" type="{}" name="{}" value="{}"{}>{}</div>
				""", name, this.words.get(name), name, type, name, value, invalid(form, name), error(form, name));
	}

	private static Html invalid(OrganizationForm form, String name) {
		return Html.when(form.errors().containsKey(name),
				" aria-invalid=\"true\" aria-describedby=\"organizations-{}-error\"", name);
	}

	private Html error(OrganizationForm form, String name) {
		String error = form.errors().get(name);
		return (error != null) ? Html.of("<p class=\"pergola-error\" id=\"organizations-{}-error\">{}</p>", name,
				this.words.get(error)) : Html.NONE;
	}

	private Html statuses(String chosen) {
		return Html.join(Organization.STATUSES.stream()
			.map((status) -> option(status, this.words.get("status." + status), chosen))
			.toList());
	}

	private static Html options(List<String> values, String chosen) {
		return Html.join(values.stream().map((value) -> option(value, value, chosen)).toList());
	}

	private static Html option(String value, String title, String chosen) {
		return Html.of("<option value=\"{}\"{}>{}</option>", value, Html.when(value.equals(chosen), " selected"),
				title);
	}

	private Html badge(String status) {
		return Html.of("<span class=\"pergola-badge {}\">{}</span>", TONES.getOrDefault(status, "neutral"),
				this.words.get("status." + status));
	}

	private String number(int value) {
		return NumberFormat.getIntegerInstance(this.words.locale()).format(value);
	}

	private static String address(String q, String industry, int page) {
		return "/organizations?q=%s&industry=%s&page=%d".formatted(encode(q), encode(industry), page);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
