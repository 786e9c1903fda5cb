package dev.pergola.cli.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import dev.pergola.cli.login.Browser;
import dev.pergola.cli.login.Login;
import dev.pergola.cli.login.SignIn;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pergola login}. */
@Command(name = "login",
		description = "Remember address and token. A team token is asked for, read from standard input, or given with"
				+ " --token; with --browser you sign in yourself.")
final class LoginCommand extends PergolaCommand {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	@Option(names = "--browser",
			description = "Sign in with the browser, as yourself and for as long as the identity" + " provider says.")
	private boolean browser;

	@Option(names = "--no-open", description = "With --browser: only print the address, open nothing.")
	private boolean noOpen;

	@Override
	public Integer call() throws IOException {
		URI address = pergola().address();
		String token = this.browser ? signIn(address) : pergola().token().isPresent() ? pergola().token().get() : ask();
		if (token.isBlank() || token.chars().anyMatch((c) -> c <= ' ' || c > '~')) {
			throw new CommandException(Exit.USAGE, "a token has no spaces and is not empty");
		}
		// A token nobody knows is not worth keeping.
		try (RegistryApi registry = new RegistryApi(address, token, null, (line) -> {
		})) {
			registry.get("modules");
		}
		pergola().loginFile().write(new Login(address.toString(), token));
		pergola().print(
				JsonMapper.shared()
					.createObjectNode()
					.put("url", address.toString())
					.put("file", pergola().loginFile().path().toString()),
				"logged in to %s; kept in %s".formatted(address, pergola().loginFile().path()));
		return 0;
	}

	private String signIn(URI address) throws IOException {
		JsonNode where;
		try (RegistryApi registry = new RegistryApi(address, null, null, (line) -> {
		})) {
			where = registry.find("sign-in")
				.orElseThrow(() -> new CommandException(Exit.FORBIDDEN,
						"people cannot sign in from the command line here (pergola.registry.command-line-client-id)"))
				.body();
		}
		try (SignIn signIn = new SignIn(URI.create(where.path("issuer").asString("")),
				where.path("clientId").asString(""))) {
			return signIn.accessToken(this::open, PATIENCE);
		}
	}

	/**
	 * The address is printed whatever becomes of the browser: it may be on another
	 * machine.
	 */
	private void open(URI address) {
		pergola().err().println("Sign in at " + address);
		if (!this.noOpen && !Browser.open(address)) {
			pergola().err().println("No browser could be opened; open the address yourself, on this machine.");
		}
	}

	private static String ask() throws IOException {
		Console console = System.console();
		if (console != null && console.isTerminal()) {
			return Optional.ofNullable(console.readPassword("Team token: ")).map(String::new).orElse("").strip();
		}
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		return Optional.ofNullable(input.readLine()).orElse("").strip();
	}

}
