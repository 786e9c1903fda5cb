package dev.pergola.session;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionPrincipalTests {

	@Test
	void readsNestedClaimsAndWords() {
		ClaimNames names = new ClaimNames("preferred_username", "realm_access.roles", "scope", "example.com/teams",
				"org.id");
		SessionPrincipal principal = names.principal(Map.of("sub", "17", "preferred_username", "bea", "realm_access",
				Map.of("roles", List.of("admin", "business")), "scope", "deals:read deals:agent", "example.com/teams",
				List.of("deals"), "org", Map.of("id", 5)));
		assertThat(principal).isEqualTo(new SessionPrincipal("17", "bea", Set.of("admin", "business"),
				Set.of("deals:read", "deals:agent"), Set.of("deals"), "5"));
		assertThat(principal.grants()).containsExactlyInAnyOrder("admin", "business", "deals:read", "deals:agent");
	}

	@Test
	void missingClaimsAreEmptyAndTheSubjectIsTheName() {
		SessionPrincipal principal = ClaimNames.DEFAULT.principal(Map.of("sub", "17"));
		assertThat(principal).isEqualTo(new SessionPrincipal("17", "17", Set.of(), Set.of(), Set.of(), null));
	}

	@Test
	void aPermissionCannotPassForARoleOrTeam() {
		SessionPrincipal principal = new SessionPrincipal("17", "x", Set.of("designer"),
				Set.of("ROLE_admin", "TEAM_deals", "deals:read"), Set.of("people"), null);
		assertThat(principal.authorities()).extracting(GrantedAuthority::getAuthority)
			.containsExactlyInAnyOrder("ROLE_designer", "deals:read", "TEAM_people");
	}

	@Test
	void nobodyHasNoPrincipal() {
		AnonymousAuthenticationToken nobody = new AnonymousAuthenticationToken("key", "anonymous",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
		assertThatIllegalArgumentException().isThrownBy(() -> SessionPrincipal.of(nobody));
	}

	@Test
	void aTokenWithoutSubjectIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ClaimNames.DEFAULT.principal(Map.of()));
	}

}
