package dev.pergola.shell;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Map;
import java.util.Optional;

import dev.pergola.registry.client.CatalogSource;
import dev.pergola.registry.client.CatalogStatus;
import dev.pergola.session.AccessTokens;
import dev.pergola.session.SessionPrincipal;
import dev.pergola.shell.address.Forms;
import dev.pergola.shell.address.Uploads;
import dev.pergola.shell.address.SameOrigin;
import dev.pergola.shell.admin.AdminRoutes;
import dev.pergola.shell.assets.AssetRoutes;
import dev.pergola.shell.assets.Assets;
import dev.pergola.shell.catalog.PersonalCatalogs;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceClient;
import dev.pergola.shell.developer.DeveloperRoutes;
import dev.pergola.shell.fragment.FragmentClient;
import dev.pergola.shell.fragment.FragmentSanitizer;
import dev.pergola.shell.gallery.Gallery;
import dev.pergola.shell.gallery.GalleryRoutes;
import dev.pergola.shell.layout.Notices;
import dev.pergola.shell.layout.PageRenderer;
import dev.pergola.shell.layout.Texts;
import dev.pergola.shell.layout.Visitors;
import dev.pergola.shell.page.CatalogRoutes;
import dev.pergola.shell.page.PageParts;
import dev.pergola.shell.page.PageRoutes;
import dev.pergola.shell.person.Person;
import dev.pergola.shell.problem.ProblemRoutes;
import dev.pergola.shell.problem.ProblemTypes;
import dev.pergola.shell.problem.Problems;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;

/**
 * The shell in whichever process it is put.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnProperty(name = "pergola.shell.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ShellProperties.class)
public class ShellAutoConfiguration {

	/** The gateway's mapping is at 1: what it routes is never a page. */
	private static final int BEHIND_THE_GATEWAY = 10;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Bean
	Assets shellAssets() {
		return Assets.onClassPath(ShellAutoConfiguration.class.getClassLoader());
	}

	@Bean
	RouterFunction<ServerResponse> shellAssetRoutes(Assets assets) {
		return new AssetRoutes(assets).routes();
	}

	@Bean
	Visitors shellVisitors(CatalogSource source, Assets assets, ShellProperties properties) {
		PersonalCatalogs catalogs = new PersonalCatalogs(source::current, assets, JSON, properties.maxCatalogs());
		return new Visitors(source::current, catalogs, ShellAutoConfiguration::person);
	}

	private static Optional<Person> person(Authentication authentication) {
		try {
			return Optional.of(Person.of(SessionPrincipal.of(authentication)));
		}
		catch (IllegalArgumentException ex) {
			// An anonymous authentication, or that of a program.
			return Optional.empty();
		}
	}

	@Bean
	PageRenderer shellPageRenderer(CatalogSource source, Assets assets, ShellProperties properties) {
		Notices notices = (texts) -> staleness(source.status(), texts);
		return new PageRenderer(properties.productName(), assets, JSON, notices, runtime(properties.reports()));
	}

	private static Map<String, Object> runtime(ShellProperties.Reports reports) {
		Map<String, Object> settings = Map.of("reportSampling", reports.sampling(), "reportMillis",
				reports.interval().toMillis());
		return reports.url().isEmpty() ? Map.of() : Map.of("reportUrl", reports.url(), "settings", settings);
	}

	private static @Nullable String staleness(CatalogStatus status, Texts texts) {
		if (status.connected() || status.heardAt() == null) {
			return null;
		}
		DateTimeFormatter format = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
			.withLocale(texts.locale())
			.withZone(ZoneId.systemDefault());
		return texts.get("stale", format.format(status.heardAt()));
	}

	@Bean
	Problems shellProblems(Visitors visitors, PageRenderer renderer) {
		return new Problems(visitors, renderer);
	}

	@Bean
	RouterFunction<ServerResponse> shellCatalogRoutes(Visitors visitors, Problems problems) {
		return new CatalogRoutes(visitors, problems, JSON).routes();
	}

	/*
	 * Not a bean of type RouterFunction: those come before the gateway's routes.
	 */
	@Bean
	RouterFunctionMapping shellPageMapping(Visitors visitors, Problems problems, PageRenderer renderer,
			AccessTokens tokens, ShellProperties properties, ServerCodecConfigurer codecs) {
		ShellProperties.Fragments limits = properties.fragments();
		FragmentClient fragments = new FragmentClient(client(properties.bffUrl().toString(), limits.maxSize()), tokens,
				new FragmentSanitizer(), limits.timeout());
		PageParts parts = new PageParts(renderer, JSON, fragments, properties.accessContact());
		Forms forms = new Forms(Math.toIntExact(limits.maxFormSize().toBytes()));
		RouterFunctionMapping mapping = new RouterFunctionMapping(
				new PageRoutes(visitors, problems, parts, forms).routes().filter(new SameOrigin(problems::forged)));
		mapping.setOrder(BEHIND_THE_GATEWAY);
		mapping.setMessageReaders(codecs.getReaders());
		return mapping;
	}

	@Bean
	Console shellConsole(Visitors visitors, Problems problems, PageRenderer renderer, AccessTokens tokens,
			CatalogSource source, ShellProperties properties) {
		ShellProperties.Consoles limits = properties.consoles();
		ServiceClient registry = new ServiceClient("registry",
				client(properties.registryUrl() + "/registry/v1", limits.maxSize()), tokens, JSON, limits.timeout());
		ServiceClient operations = new ServiceClient("bff",
				client(properties.bffUrl() + "/agents/operations", limits.maxSize()), tokens, JSON, limits.timeout());
		ServiceClient upstreams = new ServiceClient("bff", client(properties.bffUrl() + "/upstreams", limits.maxSize()),
				tokens, JSON, limits.timeout());
		Forms forms = new Forms(Math.toIntExact(properties.fragments().maxFormSize().toBytes()));
		return new Console(visitors, renderer, problems, registry, operations, upstreams, source::current, forms,
				new Uploads(Math.toIntExact(limits.maxUploadSize().toBytes())));
	}

	@Bean
	RouterFunction<ServerResponse> shellConsoleRoutes(Console console, CatalogSource source) {
		return new AdminRoutes(console, source::status).routes()
			.and(new DeveloperRoutes(console).routes())
			.filter(new SameOrigin(console.problems()::forged));
	}

	@Bean
	RouterFunction<ServerResponse> shellGalleryRoutes(Assets assets, Visitors visitors, PageRenderer renderer,
			Problems problems) {
		Gallery gallery = new Gallery(ShellAutoConfiguration.class.getClassLoader(), assets);
		return new GalleryRoutes(gallery, assets, visitors, renderer, problems).routes();
	}

	@Bean
	RouterFunction<ServerResponse> shellProblemRoutes(Visitors visitors, PageRenderer renderer, Problems problems) {
		return new ProblemRoutes(new ProblemTypes(), visitors, renderer, problems).routes();
	}

	private static WebClient client(String url, DataSize maxSize) {
		HttpClient http = HttpClient.create().compress(true).followRedirect(false);
		return WebClient.builder()
			.baseUrl(url)
			.clientConnector(new ReactorClientHttpConnector(http))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(Math.toIntExact(maxSize.toBytes())))
			.build();
	}

}
