package dev.pergola.registry.security;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

class JwtAuthoritiesTests {

	@Test
	void makesAuthoritiesOfThreeClaims() {
		assertThat(authorities(Map.of("roles", List.of("developer"), "permissions", List.of("deals:read"), "teams",
				List.of("partners"))))
			.containsExactly("ROLE_developer", "deals:read", "TEAM_partners");
	}

	@Test
	void findsAClaimInsideAnObject() {
		assertThat(authorities(Map.of("realm_access", Map.of("roles", List.of("admin"))), "realm_access.roles"))
			.containsExactly("ROLE_admin");
	}

	@Test
	void givesNoNameThatOnlyTheRegistryGives() {
		assertThat(authorities(Map.of("roles", List.of("service", "publisher", "team-token"), "permissions",
				List.of("ROLE_admin", "TEAM_partners"))))
			.containsExactly("permission:ROLE_admin", "permission:TEAM_partners");
	}

	@Test
	void passesOverClaimsOfOtherShapes() {
		assertThat(authorities(Map.of("roles", "admin", "teams", 3))).isEmpty();
	}

	private static List<String> authorities(Map<String, Object> claims) {
		return authorities(claims, "roles");
	}

	private static List<String> authorities(Map<String, Object> claims, String rolesClaim) {
		Jwt jwt = Jwt.withTokenValue("token")
			.header("alg", "RS256")
			.subject("ada")
			.claims((all) -> all.putAll(claims))
			.build();
		SecurityProperties.Jwt properties = new SecurityProperties.Jwt(null, null, null, rolesClaim, "permissions",
				"teams");
		return new JwtAuthorities(properties).convert(jwt)
			.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.toList();
	}

}
