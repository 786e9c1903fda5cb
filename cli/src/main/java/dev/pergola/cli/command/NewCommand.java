package dev.pergola.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.manifests.LocalizedText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code pergola new <name>}. */
@Command(name = "new",
		description = "Make a folder with a small module in plain JavaScript that can be published at once.")
final class NewCommand extends PergolaCommand {

	private static final List<String> FILES = List.of("README.md", "module/manifest.json", "module/main.js",
			"module/main.css");

	@Parameters(paramLabel = "<name>", description = "Name of the module: lower-case letters, digits and hyphens.")
	private String name = "";

	@Option(names = "--team", paramLabel = "<team>", description = "Team that owns it. Default: the name.")
	private @Nullable String team;

	@Option(names = "--directory", paramLabel = "<folder>", defaultValue = ".",
			description = "Where the folder is made. Default: here.")
	private Path directory = Path.of(".");

	@Override
	public Integer call() throws IOException {
		String owner = Optional.ofNullable(this.team).orElse(this.name);
		checkName(this.name);
		checkName(owner);
		Path target = this.directory.resolve(this.name).normalize();
		if (Files.exists(target)) {
			throw new CommandException(Exit.CONFLICT, "%s is there already".formatted(target));
		}
		for (String file : FILES) {
			Path path = target.resolve(file);
			Files.createDirectories(Objects.requireNonNull(path.getParent()));
			Files.writeString(path, fill(template(file), owner));
		}
		pergola().print(JsonMapper.shared().createObjectNode().put("folder", target.toString()),
				"made %s; now: pergola publish %s --channel stable".formatted(target, target));
		return 0;
	}

	private String fill(String template, String owner) {
		return template.replace("@module@", this.name)
			.replace("@team@", owner)
			.replace("@order@", Integer.toString(order(this.name)))
			.replace("@title@", LocalizedText.readable(this.name));
	}

	/** Two modules cannot have one place of a slot, so each starts at one of its own. */
	private static int order(String name) {
		return 100 + Math.floorMod(name.hashCode(), 900);
	}

	private static void checkName(String name) {
		if (!name.matches("[a-z][a-z0-9-]{0,47}")) {
			throw new CommandException(Exit.USAGE,
					"%s (expected: lower-case letters, digits and hyphens, a letter first, at most 48)"
						.formatted(name));
		}
	}

	private static String template(String file) throws IOException {
		String resource = "/dev/pergola/cli/scaffold/" + file.substring(file.lastIndexOf('/') + 1);
		try (InputStream stream = Objects.requireNonNull(NewCommand.class.getResourceAsStream(resource), resource)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
