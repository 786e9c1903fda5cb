package dev.pergola.registry.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.pergola.manifests.catalog.Audience;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.exchange.Pilets.Pilet;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A feed service as Piral's tools and instances know it.
 */
@RestController
public class PiletController {

	private static final String ROLE = "ROLE_";

	private static final String TEAM = "TEAM_";

	private final Pilets pilets;

	PiletController(Pilets pilets) {
		this.pilets = pilets;
	}

	/**
	 * {@code GET /registry/v1/exchange/pilets}: what the caller gets, as far as a Piral
	 * instance can load it.
	 */
	@GetMapping("/registry/v1/exchange/pilets")
	Feed pilets(Caller caller) {
		Set<String> roles = new HashSet<>();
		Set<String> permissions = new HashSet<>();
		Set<String> teams = new HashSet<>();
		for (String authority : caller.authorities()) {
			if (authority.startsWith(ROLE)) {
				roles.add(authority.substring(ROLE.length()));
			}
			else if (authority.startsWith(TEAM)) {
				teams.add(authority.substring(TEAM.length()));
			}
			else {
				permissions.add(authority);
			}
		}
		Set<String> grants = new HashSet<>(roles);
		grants.addAll(permissions);
		return new Feed(this.pilets.of(Audience.of(caller.name(), null, roles, permissions, teams), grants));
	}

	/** Answer of a feed service. */
	record Feed(List<Pilet> items) {

	}

}
