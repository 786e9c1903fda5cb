package dev.pergola.cli.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.pergola.cli.registry.Answer;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes what a channel points at. */
final class Channels {

	static final BigDecimal ALL = BigDecimal.valueOf(100);

	/** Somebody else may change the module between reading and writing. */
	private static final int ATTEMPTS = 3;

	private final RegistryApi registry;

	Channels(RegistryApi registry) {
		this.registry = registry;
	}

	/**
	 * Changes shares and leaves overrides as they are.
	 * @param change from the shares now to those wanted
	 */
	JsonNode change(String module, String channel, UnaryOperator<Map<String, BigDecimal>> change) {
		return edit(module, channel, (now) -> {
			JsonNode state = now.path("channels").path(channel);
			return body(change.apply(shares(state)), state.path("overrides"));
		});
	}

	/**
	 * Changes a channel, again when somebody else was faster.
	 * @param change from the module now to what the channel is to be
	 */
	JsonNode edit(String module, String channel, Function<JsonNode, ObjectNode> change) {
		for (int attempt = 1;; attempt++) {
			Answer now = this.registry.get("modules", module);
			ObjectNode body = change.apply(now.body());
			try {
				return this.registry.put(body, headers(now), "modules", module, "channels", channel).body();
			}
			catch (CommandException ex) {
				if (ex.exit() != Exit.CONFLICT || attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private static Map<String, String> headers(Answer now) {
		return now.tag().isEmpty() ? Map.of() : Map.of("If-Match", now.tag());
	}

	/** Checks a share that somebody typed. */
	static void checkShare(BigDecimal share) {
		if (share.signum() < 0 || share.compareTo(ALL) > 0 || share.stripTrailingZeros().scale() > 2) {
			throw new CommandException(Exit.USAGE,
					"--share %s (expected: 0 to 100 with at most two decimals)".formatted(share));
		}
	}

	/** Shares of a channel, by version. */
	static Map<String, BigDecimal> shares(JsonNode channel) {
		Map<String, BigDecimal> shares = new LinkedHashMap<>();
		for (JsonNode share : channel.path("rollout")) {
			shares.put(share.path("version").asString(""), new BigDecimal(share.path("share").asString("0")));
		}
		return shares;
	}

	/**
	 * Shares with one of them set; the others make room, or take what is left, the
	 * largest first.
	 */
	static Map<String, BigDecimal> with(Map<String, BigDecimal> now, String version, BigDecimal share) {
		Map<String, BigDecimal> others = new LinkedHashMap<>(now);
		others.remove(version);
		BigDecimal given = others.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
		BigDecimal surplus = given.subtract(ALL.subtract(share));
		for (String other : largestFirst(others)) {
			BigDecimal taken = surplus.min(others.getOrDefault(other, BigDecimal.ZERO));
			others.merge(other, taken.negate(), BigDecimal::add);
			surplus = surplus.subtract(taken);
		}
		if (surplus.signum() != 0) {
			throw new CommandException(Exit.REFUSED,
					"nothing else is rolled out that could have the other %s %%".formatted(ALL.subtract(share)));
		}
		Map<String, BigDecimal> wanted = new LinkedHashMap<>();
		wanted.put(version, share);
		others.forEach((other, rest) -> {
			if (rest.signum() > 0) {
				wanted.put(other, rest);
			}
		});
		return wanted;
	}

	/** {@code 2.4.1 5 %, 2.4.0 95 %}. */
	static String text(JsonNode channel) {
		List<String> shares = new ArrayList<>();
		shares(channel)
			.forEach((version, share) -> shares.add("%s %s %%".formatted(version, plain(share).toPlainString())));
		for (JsonNode override : channel.path("overrides")) {
			String given = override.has("channel") ? "channel " + override.path("channel").asString("")
					: override.path("version").asString("");
			shares.add("%s for %s".formatted(given, whom(override)));
		}
		return shares.isEmpty() ? "nothing" : String.join(", ", shares);
	}

	/** As {@link #text}, with what is still to come. */
	static String outcome(JsonNode answer) {
		JsonNode plan = answer.path("plan");
		if (!plan.isObject()) {
			return text(answer);
		}
		return "%s; plan %s: %s".formatted(text(answer), plan.path("id").asString(""), plan(plan));
	}

	/** {@code 2.4.1 100 % from 2026-12-01T08:00:00+01:00 until …}. */
	static String plan(JsonNode plan) {
		String start = plan.path("startsAt").isString() ? plan.path("startsAt").asString() : "now";
		String end = plan.path("endsAt").isString() ? " until " + plan.path("endsAt").asString() : "";
		return "%s from %s%s".formatted(text(plan), start, end);
	}

	/** {@code role admin}. */
	static String whom(JsonNode override) {
		return Stream.of("person", "tenant", "role", "group")
			.filter(override::has)
			.findFirst()
			.map((kind) -> kind + " " + override.path(kind).asString(""))
			.orElse("nobody");
	}

	private static List<String> largestFirst(Map<String, BigDecimal> shares) {
		return shares.entrySet()
			.stream()
			.sorted(Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder()))
			.map(Map.Entry::getKey)
			.toList();
	}

	/** Without zeros at the end, and never as 1E+2. */
	private static BigDecimal plain(BigDecimal share) {
		BigDecimal stripped = share.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
	}

	static ObjectNode body(Map<String, BigDecimal> shares, JsonNode overrides) {
		ObjectNode body = JsonMapper.shared().createObjectNode();
		ArrayNode rollout = body.putArray("rollout");
		shares.forEach((version, share) -> rollout.addObject().put("version", version).put("share", plain(share)));
		Optional.of(overrides).filter(JsonNode::isArray).ifPresent((groups) -> body.set("overrides", groups));
		return body;
	}

}
