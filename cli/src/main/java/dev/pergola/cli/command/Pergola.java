package dev.pergola.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import dev.pergola.cli.login.Login;
import dev.pergola.cli.login.LoginFile;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pergola}: what all commands share. */
@Command(name = "pergola", mixinStandardHelpOptions = true, versionProvider = VersionText.class,
		description = "The command line of module teams and administrators.",
		subcommands = { NewCommand.class, ValidateCommand.class, PublishCommand.class, RolloutCommand.class,
				PromoteCommand.class, RollbackCommand.class, OverrideCommand.class, PlansCommand.class,
				WhyCommand.class, StatusCommand.class, HistoryCommand.class, DiffCommand.class, RestoreCommand.class,
				HealthCommand.class, EnableCommand.class, DisableCommand.class, NavCommand.class, TeamsCommand.class,
				TokensCommand.class, AuditCommand.class, LoginCommand.class, GenerateCompletion.class,
				CommandLine.HelpCommand.class },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:done", "1:something is wrong with the module, or the registry refused it",
				"2:the command line is wrong", "3:not signed in, or not allowed",
				"4:there is no such module or version", "5:something else is there already",
				"6:the registry is out of reach or failed", "70:a fault of this program" },
		footer = { "", "Complete commands with the tab key: source <(pergola generate-completion)" })
public final class Pergola {

	private static final String DEFAULT_URL = "http://localhost:8080";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Environment environment;

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--url", paramLabel = "<url>", scope = ScopeType.INHERIT,
			description = "Address of the portal. Default: $PERGOLA_URL, the login, " + DEFAULT_URL + ".")
	private @Nullable String url;

	@Option(names = "--token", paramLabel = "<token>", scope = ScopeType.INHERIT,
			description = "Team token, identity token of a CI job, or access token of a person."
					+ " Default: $PERGOLA_TOKEN, the login.")
	private @Nullable String token;

	@Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
	private boolean json;

	@Option(names = "--reason", paramLabel = "<text>", scope = ScopeType.INHERIT,
			description = "Why something is changed; goes to the audit.")
	private @Nullable String reason;

	@Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print each call of the registry.")
	private boolean verbose;

	Pergola(Environment environment) {
		this.environment = environment;
	}

	/**
	 * The command line.
	 * @param environment the machine
	 * @return ready to execute; never ends the process
	 */
	public static CommandLine commandLine(Environment environment) {
		Pergola pergola = new Pergola(environment);
		CommandLine commandLine = new CommandLine(pergola).setUsageHelpAutoWidth(true)
			.setCaseInsensitiveEnumValuesAllowed(true)
			.registerConverter(BigDecimal.class, Pergola::number)
			.setExecutionExceptionHandler((ex, command, parsed) -> pergola.fail(ex));
		explain(commandLine);
		return commandLine;
	}

	/** Every command below has {@code --help}, as people try it everywhere. */
	private static void explain(CommandLine commandLine) {
		for (CommandLine each : commandLine.getSubcommands().values()) {
			if (each.getCommandSpec().findOption("--help") == null) {
				each.getCommandSpec()
					.addOption(OptionSpec.builder("-h", "--help")
						.type(boolean.class)
						.usageHelp(true)
						.description("Show this help message and exit.")
						.build());
			}
			explain(each);
		}
	}

	RegistryApi registry() throws IOException {
		Optional<Login> login = loginFile().find();
		URI address = address(login);
		String secret = Optional.ofNullable(this.token)
			.or(() -> this.environment.find("PERGOLA_TOKEN"))
			.or(() -> login.filter((known) -> known.url().equals(address.toString())).map(Login::token))
			.orElse(null);
		if (secret != null && Addresses.isReadableByOthers(address)) {
			err().println("warning: the token goes to %s unencrypted".formatted(address));
		}
		return new RegistryApi(address, secret, this.reason, (line) -> {
			if (this.verbose) {
				err().println(line);
			}
		});
	}

	URI address() throws IOException {
		return address(loginFile().find());
	}

	private URI address(Optional<Login> login) {
		return Addresses.parse(Optional.ofNullable(this.url)
			.or(() -> this.environment.find("PERGOLA_URL"))
			.or(() -> login.map(Login::url))
			.orElse(DEFAULT_URL));
	}

	Optional<String> token() {
		return Optional.ofNullable(this.token).or(() -> this.environment.find("PERGOLA_TOKEN"));
	}

	/** The reason that was given, without which a command cannot be. */
	String requireReason() {
		if (this.reason == null || this.reason.isBlank()) {
			throw new CommandException(Exit.USAGE, "--reason is missing");
		}
		return this.reason;
	}

	LoginFile loginFile() {
		return new LoginFile(this.environment.settings());
	}

	/** Prints one or the other: what programs read, or what people read. */
	void print(JsonNode forPrograms, String forPeople) {
		out().println(this.json ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(forPrograms) : forPeople);
	}

	PrintWriter out() {
		return commandLine().getOut();
	}

	PrintWriter err() {
		return commandLine().getErr();
	}

	private CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("not parsed yet");
		}
		return this.spec.commandLine();
	}

	private static BigDecimal number(String text) {
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("'%s' is no number such as 5 or 0.25".formatted(text));
		}
	}

	private static String sentence(IOException ex) {
		return switch (ex) {
			case NoSuchFileException missing -> "there is no file " + missing.getFile();
			case AccessDeniedException closed -> "%s cannot be read or written".formatted(closed.getFile());
			default -> String.valueOf(ex.getMessage());
		};
	}

	private int fail(Exception ex) {
		if (ex instanceof CommandException failure) {
			if (this.json && failure.problem() != null) {
				out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(failure.problem()));
			}
			else {
				failure.lines().forEach(err()::println);
				err().println("pergola: " + failure.getMessage());
			}
			return failure.exit().code();
		}
		err().println("pergola: " + ((ex instanceof IOException failure) ? sentence(failure) : ex.toString()));
		if (this.verbose) {
			ex.printStackTrace(err());
		}
		return (ex instanceof IOException) ? Exit.REFUSED.code() : Exit.FAULT.code();
	}

}
