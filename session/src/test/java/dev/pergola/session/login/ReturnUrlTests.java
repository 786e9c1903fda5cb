package dev.pergola.session.login;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReturnUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/deals", "/deals/4711", "/deals?sort=name&page=2", "/people/%C3%A4nne",
			"/search?q=a%2Fb%20c", "/organizations/4/edit?back=/organizations", "/a/b:c", "/a/user@example.com" })
	void takesLocalAddresses(String value) {
		assertThat(new ReturnUrl(value).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "deals", "?a=b", "#top", ".", "..", "//evil.example", "///evil.example",
			"////evil.example//", "//evil.example/%2f..", "//user@evil.example", "//localhost:8080@evil.example",
			"/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\\\\evil.example",
			"/%5cevil.example", "/%5C%5Cevil.example", "/%2fevil.example", "/%2F/evil.example", "/%2f%2fevil.example",
			"/%252fevil.example", "/%255cevil.example", "/./evil.example", "/.//evil.example", "/../evil.example",
			"/..//evil.example", "/a/../..//evil.example", "/a/..;/b", "/%2e%2e/evil.example", "/%2e/evil.example",
			"/\tevil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\n/evil.example",
			"/%09/evil.example", "/%0a/evil.example", "/%0d%0aLocation:%20//evil.example", "/%00/evil.example",
			"/\u0000/evil.example", "/\u2028/evil.example", "/\u3002evil.example", "/\uFF0Fevil.example",
			"/\u00A0/evil.example", "http://evil.example", "https://evil.example", "HTTPS://evil.example",
			"http:evil.example", "http:/evil.example", "https:///evil.example", "ftp://evil.example",
			"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
			"file:///etc/passwd", "blob:x", "mailto:a@evil.example", "/https:evil.example", "/http://evil.example",
			"/https:/evil.example", "/@evil.example", "/:80/", "/;@evil.example", "/evil.example//", "/a//evil.example",
			"/a\"onclick=x", "/a<script>", "/a>b", "/a b", "/a|b", "/a^b", "/a{b}", "/%", "/%zz", "/%4",
			"/deals#//evil.example", "/deals#x", "/?\\evil", "/oauth2/authorization/pergola",
			"/login/oauth2/code/pergola?code=x&state=y", "/logout" })
	void refusesEverythingElse(String value) {
		assertThat(ReturnUrl.isLocal(value)).isFalse();
		assertThat(ReturnUrl.orHome(value)).isEqualTo(ReturnUrl.HOME);
		assertThatIllegalArgumentException().isThrownBy(() -> new ReturnUrl(value));
	}

	@Test
	void refusesAnAddressThatIsTooLong() {
		assertThat(ReturnUrl.isLocal("/" + "a".repeat(2000))).isFalse();
	}

}
