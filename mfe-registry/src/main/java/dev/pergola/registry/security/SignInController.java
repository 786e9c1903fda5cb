package dev.pergola.registry.security;

import dev.pergola.registry.request.NotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the command line where people sign in.
 */
@RestController
public class SignInController {

	private final @Nullable String issuer;

	private final @Nullable String clientId;

	SignInController(@Nullable String issuer, @Nullable String clientId) {
		this.issuer = issuer;
		this.clientId = clientId;
	}

	/**
	 * {@code GET /registry/v1/sign-in}: 404 when people cannot sign in from the command
	 * line here.
	 */
	@GetMapping("/registry/v1/sign-in")
	SignIn signIn() {
		if (this.issuer == null || this.issuer.isBlank() || this.clientId == null || this.clientId.isBlank()) {
			throw new NotFoundException("sign-in", "command line");
		}
		return new SignIn(this.issuer, this.clientId);
	}

	/**
	 * Where and as what.
	 *
	 * @param clientId public client with PKCE and a loopback redirect
	 */
	record SignIn(String issuer, String clientId) {

	}

}
