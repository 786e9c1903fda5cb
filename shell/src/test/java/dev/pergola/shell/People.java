package dev.pergola.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.pergola.session.SessionPrincipal;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClientConfigurer;

/** People of tests. */
public final class People {

	private People() {
	}

	public static WebTestClientConfigurer business() {
		return person("ada", Set.of("business"), Set.of("partnerships:read", "partnerships:agent"), Set.of());
	}

	public static WebTestClientConfigurer admin() {
		return person("grace", Set.of("admin"), Set.of(), Set.of());
	}

	public static WebTestClientConfigurer developer() {
		return person("linus", Set.of("developer"), Set.of(), Set.of("partnerships"));
	}

	public static WebTestClientConfigurer person(String subject, Set<String> roles, Set<String> permissions,
			Set<String> teams) {
		SessionPrincipal principal = new SessionPrincipal(subject,
				subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1), roles, permissions, teams,
				"acme");
		Authentication authentication = new TestingAuthenticationToken((SessionPrincipal.Holder) () -> principal, "-",
				List.copyOf(principal.authorities()));
		return SecurityMockServerConfigurers.mockAuthentication(authentication);
	}

}
