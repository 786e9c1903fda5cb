package dev.pergola.cli.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.cli.bundle.ModuleFolder;
import dev.pergola.cli.bundle.Tarball;
import dev.pergola.cli.registry.Answer;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Version;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola publish <folder>}. */
@Command(name = "publish", description = "Publish a version of a module, and roll it out if wanted.")
final class PublishCommand extends PergolaCommand {

	@Parameters(paramLabel = "<folder>", defaultValue = ".",
			description = "Folder with manifest.json, or with a folder module, dist or target/module that has it.")
	private Path folder = Path.of(".");

	@ArgGroup(exclusive = true)
	private @Nullable VersionChoice choice;

	@Option(names = "--channel", paramLabel = "<channel>",
			description = "Afterwards point this channel, such as stable, at the version, for everyone.")
	private @Nullable String channel;

	@Option(names = "--dry-run", description = "Only ask whether it could be published.")
	private boolean dryRun;

	@Override
	public Integer call() throws IOException {
		ModuleFolder found = ModuleFolder.find(this.folder);
		Manifest manifest = ManifestCheck.check(found);
		try (RegistryApi registry = pergola().registry()) {
			String version = version(registry, manifest);
			byte[] bundle = Tarball.pack(withVersion(found.manifest(), version), found.files());
			Answer published = publish(registry, found, bundle, manifest.module(), version);
			ObjectNode answer = JsonMapper.shared().createObjectNode();
			answer.set("published", published.body());
			String text = text(manifest.module(), version, published, found.files().size(), bundle.length);
			if (this.channel != null && !this.dryRun) {
				answer.set("channel", new Channels(registry).change(manifest.module(), this.channel,
						(now) -> Map.of(version, BigDecimal.valueOf(100))));
				text += "%n%s: %s 100 %%".formatted(this.channel, version);
			}
			else if (!this.dryRun && published.status() == 201) {
				text += "%nnobody gets it yet; now: pergola rollout %s %s --share 5".formatted(manifest.module(),
						version);
			}
			pergola().print(answer, text);
		}
		return 0;
	}

	/** Findings of the registry name the file they are in. */
	private Answer publish(RegistryApi registry, ModuleFolder found, byte[] bundle, String module, String version) {
		try {
			return registry.publish(bundle, this.dryRun, module, version);
		}
		catch (CommandException ex) {
			List<String> lines = new ArrayList<>(ex.lines()
				.stream()
				.map((line) -> line.startsWith("manifest.json:")
						? found.manifestFile() + line.substring("manifest.json".length()) : line)
				.toList());
			if (ex.exit() == Exit.CONFLICT) {
				lines.add("a version never changes; publish what is new with --bump patch");
			}
			throw new CommandException(ex.exit(), String.valueOf(ex.getMessage()), lines, ex.problem());
		}
	}

	private String version(RegistryApi registry, Manifest manifest) {
		if (this.choice == null) {
			return manifest.version();
		}
		if (this.choice.version != null) {
			String version = this.choice.version;
			if (!Version.isValid(version)) {
				throw new CommandException(Exit.USAGE, "%s is not SemVer 2.0, such as 2.4.1".formatted(version));
			}
			return version;
		}
		Bump bump = Optional.ofNullable(this.choice.bump).orElse(Bump.PATCH);
		return registry.find("modules", manifest.module())
			.flatMap(Versions::highest)
			.map((latest) -> bump.after(latest).toString())
			.orElse(manifest.version());
	}

	private String text(String module, String version, Answer published, int files, int bytes) {
		String what = this.dryRun ? "could be published"
				: (published.status() == 201) ? "is published" : "was published before, with the same content";
		return "%s %s %s (%s, %.1f kB)".formatted(module, version, what, count(files), bytes / 1000.0);
	}

	static String count(int files) {
		return (files == 1) ? "1 file" : files + " files";
	}

	/** The bytes as they are, unless the version is another one. */
	private static byte[] withVersion(byte[] manifest, String version) {
		ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(manifest);
		if (document.path("version").asString("").equals(version)) {
			return manifest;
		}
		document.put("version", version);
		return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
	}

	/** One of the two, or neither. */
	static final class VersionChoice {

		@Option(names = "--version", paramLabel = "<version>",
				description = "Publish under this version instead of the manifest's.")
		private @Nullable String version;

		@Option(names = "--bump", paramLabel = "patch|minor|major",
				description = "Publish under the version after the highest published one.")
		private @Nullable Bump bump;

	}

}
