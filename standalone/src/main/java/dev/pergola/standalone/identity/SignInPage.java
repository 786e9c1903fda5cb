package dev.pergola.standalone.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page where the four demo people sign in.
 */
@RestController
class SignInPage {

	private final IdentitySettings settings;

	private final String page = read("identity/sign-in.html");

	private final String styles = read("identity/sign-in.css");

	SignInPage(IdentitySettings settings) {
		this.settings = settings;
	}

	/**
	 * {@code GET /}.
	 */
	@GetMapping("/")
	void home(HttpServletResponse response) throws IOException {
		response.sendRedirect(this.settings.portalOrigin().toString());
	}

	/**
	 * {@code GET /sign-in}.
	 */
	@GetMapping(path = "/sign-in", produces = "text/html;charset=UTF-8")
	String signIn(CsrfToken csrf, @RequestParam(required = false) String error) {
		String field = "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(csrf.getParameterName(),
				csrf.getToken());
		return this.page.replace("{{csrf}}", field)
			.replace("{{error}}",
					(error == null) ? ""
							: "<p class=\"error\" role=\"alert\">"
									+ "That did not match. The password of each demo person is the person's name.</p>")
			.replace("{{people}}",
					DemoPerson.all().stream().map((person) -> card(person, field)).collect(Collectors.joining("\n")));
	}

	/**
	 * {@code GET /sign-in.css}.
	 */
	@GetMapping(path = "/sign-in.css", produces = "text/css;charset=UTF-8")
	String styles() {
		return this.styles;
	}

	private static String card(DemoPerson person, String csrf) {
		String id = HtmlUtils.htmlEscape(person.id());
		return """
				<li><form method="post" action="/sign-in">%s
				<input type="hidden" name="username" value="%s"><input type="hidden" name="password" value="%s">
				<button class="person"><span class="mark" aria-hidden="true">%s</span><span class="who"><strong>%s</strong>
				<span class="id">%s</span><span class="about">%s</span></span></button></form></li>"""
			.formatted(csrf, id, id, id.substring(0, 1).toUpperCase(Locale.ROOT), HtmlUtils.htmlEscape(person.name()),
					id, HtmlUtils.htmlEscape(person.about()));
	}

	private static String read(String path) {
		try {
			return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
