package dev.pergola.cli.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.pergola.cli.login.Login;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/** {@code pergola login}. */
@Command(name = "login",
		description = "Remember address and team token. Without --token it is asked for, or read from standard input.")
final class LoginCommand extends PergolaCommand {

	@Override
	public Integer call() throws IOException {
		URI address = pergola().address();
		String token = pergola().token().isPresent() ? pergola().token().get() : ask();
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

	private static String ask() throws IOException {
		Console console = System.console();
		if (console != null && console.isTerminal()) {
			return Optional.ofNullable(console.readPassword("Team token: ")).map(String::new).orElse("").strip();
		}
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		return Optional.ofNullable(input.readLine()).orElse("").strip();
	}

}
