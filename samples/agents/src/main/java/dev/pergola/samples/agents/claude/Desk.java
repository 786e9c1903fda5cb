package dev.pergola.samples.agents.claude;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model would say at a desk with the records of the samples in the working
 * directory. It sees nothing but what tools give: it reads files with Claude Code's
 * `Read`, and asks to write notes with its `Edit`.
 *
 * @param now the records' days are moved so that they are never old
 */
record Desk(LocalDateTime now) {

	private static final Pattern DEAL = Pattern.compile("\\bd-\\d{4}\\b");

	private static final Pattern NOTE = Pattern.compile("\\b(note|write|remember|notier\\w*|merk\\w*)\\b");

	private static final Pattern CLOSING = Pattern.compile("\\b(clos(e|es|ing)|due|next|nächst\\w*|schließ\\w*)\\b",
			Pattern.UNICODE_CHARACTER_CLASS);

	private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

	private static final String DEALS = "deals.json";

	private static final int MOST = 5;

	Reply reply(Request request) {
		String text = request.question().toLowerCase(Locale.ROOT);
		Matcher named = DEAL.matcher(text);
		boolean isNamed = named.find();
		if (!isNamed && !CLOSING.matcher(text).find()) {
			return help();
		}
		if (request.results().isEmpty()) {
			return read("I read the deals.", DEALS);
		}
		Records deals = Records.of(request.results().getFirst(), today()).orElse(null);
		if (deals == null) {
			return new Text("I could not read `%s`, so I know nothing of any deal.".formatted(DEALS));
		}
		if (!isNamed) {
			return closing(deals);
		}
		boolean isNote = NOTE.matcher(text).find();
		return deals.deal(named.group())
			.map((deal) -> isNote ? note(deal, request) : brief(deal, request.results()))
			.orElseGet(() -> new Text("There is no deal %s in `%s`.".formatted(named.group(), DEALS)));
	}

	private Reply closing(Records deals) {
		StringBuilder answer = new StringBuilder("## Deals that close next\n\n");
		deals.openDeals(today()).limit(MOST).forEach((deal) -> answer.append("1. ").append(deal.line()).append('\n'));
		return new Text(answer + "\n" + how("open deals of `deals.json`, by the day they close"));
	}

	private Reply brief(Records.Deal deal, List<Request.Result> results) {
		if (results.size() == 1) {
			return read("And who looks after it.", "people.json");
		}
		Optional<String> owner = Records.of(results.get(1), today()).flatMap((people) -> people.name(deal.ownerId()));
		return new Text("## %s\n\n- %s\n- %s looks after it\n- partner: %s\n\n%s".formatted(deal.title(), deal.line(),
				owner.map((name) -> "[%s](/people/%s)".formatted(name, deal.ownerId())).orElse("nobody I could find"),
				deal.partner(), how("`deals.json` and `people.json`")));
	}

	private Reply note(Records.Deal deal, Request request) {
		if (request.results().size() == 1) {
			ObjectNode input = JsonMapper.shared()
				.createObjectNode()
				.put("file_path", "notes/%s-%s.md".formatted(deal.id(), FILE_TIME.format(this.now)))
				.put("old_string", "")
				.put("new_string", "# %s\n\n%s\n".formatted(deal.title(), request.question()));
			return new ToolUse("I would write this down:", "Edit", input);
		}
		Request.Result written = request.results().getLast();
		return new Text(written.failed() ? "Then I leave it: nothing was written."
				: "It is in `%s` now.".formatted(written.file()));
	}

	private LocalDate today() {
		return this.now.toLocalDate();
	}

	private static Reply read(String lead, String file) {
		return new ToolUse(lead, "Read", JsonMapper.shared().createObjectNode().put("file_path", file));
	}

	private static Reply help() {
		return new Text(
				"""
						I cannot answer that: this is Claude Code, but no model is behind it. A few rules stand in for one, and \
						they know the deals of the samples. Ask for example:

						- Which deals close next?
						- Brief me on d-2003
						- Note on d-2003 that they want a call on Friday
						""");
	}

	private static String how(String source) {
		return "**How I got here:** %s. Rules only, no model.".formatted(source);
	}

	/** What is said, and whether a tool is to be used. */
	sealed interface Reply {

	}

	/**
	 * The end of an answer.
	 *
	 * @param text markdown
	 */
	record Text(String text) implements Reply {
	}

	/**
	 * A tool to be used.
	 *
	 * @param lead what is said before
	 */
	record ToolUse(String lead, String tool, ObjectNode input) implements Reply {
	}

}
