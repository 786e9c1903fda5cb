package dev.pergola.standalone;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.pergola.standalone.identity.IdentityProvider;
import dev.pergola.standalone.identity.IdentitySettings;
import dev.pergola.standalone.samples.ClaudeAgent;
import dev.pergola.standalone.samples.SampleAgents;
import dev.pergola.standalone.samples.SampleRegistry;
import dev.pergola.standalone.samples.Samples;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * What runs beside the portal's context: started as soon as the settings are known, while
 * the portal itself still starts, and stopped with it.
 */
class Companions implements GenericApplicationListener, AutoCloseable {

	private static final Log log = LogFactory.getLog(Companions.class);

	private final Deque<AutoCloseable> started = new ArrayDeque<>();

	private boolean closed;

	private @Nullable ClaudeAgent claude;

	private CompletableFuture<Samples> samples = new CompletableFuture<>();

	@Override
	public boolean supportsEventType(ResolvableType type) {
		return type.isAssignableFrom(ApplicationEnvironmentPreparedEvent.class)
				|| type.isAssignableFrom(ContextClosedEvent.class);
	}

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			prepare(prepared.getEnvironment());
		}
		if (event instanceof ContextClosedEvent closing && closing.getApplicationContext().getParent() == null) {
			close();
		}
	}

	private void prepare(ConfigurableEnvironment environment) {
		// Logging is set up for the process now. Spring Cloud would take it down again
		// for
		// every further context.
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		DataDirectory.resolve(environment);
		StandaloneProperties properties = properties(environment);
		log.info("Pergola starts; its data is in " + properties.directory());
		StartChecks.of(environment, properties).run();
		if (properties.stopWithParent()) {
			ParentWatch.start();
		}
		if (properties.identity().enabled() && !environment.acceptsProfiles(Profiles.of("demo"))) {
			throw new StartRefusedException("the demo identity provider runs in the profile \"demo\" only; set "
					+ "pergola.standalone.identity.enabled=false and spring.security.oauth2.client.* of your own.");
		}
		if (properties.samples().enabled()) {
			SampleAgents.addTo(environment, properties.directory());
			startClaude(environment, properties);
		}
		GeneratedSecrets secrets = GeneratedSecrets.addTo(environment);
		String issuer = environment.getRequiredProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri");
		this.samples = CompletableFuture.supplyAsync(() -> startOthers(properties, secrets, issuer),
				(task) -> Thread.ofPlatform().name("companions").start(task));
	}

	private void startClaude(ConfigurableEnvironment environment, StandaloneProperties properties) {
		ClaudeAgent agent = ClaudeAgent.start(environment, properties.directory(), properties.samples().claude())
			.orElse(null);
		this.claude = agent;
		if (agent != null) {
			add(agent);
		}
	}

	// One after another: with the portal's own start this keeps two processors busy.
	private Samples startOthers(StandaloneProperties properties, GeneratedSecrets secrets, String issuer) {
		if (properties.identity().enabled()) {
			add(IdentityProvider
				.start(new IdentitySettings(properties.identity().address(), properties.identity().port(),
						properties.directory(), properties.publicOrigin(), secrets.clientSecret())));
			log.info("  Sign-in answers on port " + properties.identity().port());
		}
		Samples services = new Samples(properties.directory());
		if (properties.samples().enabled()) {
			add(services);
			services.start(properties.samples().ports(), issuer);
		}
		return services;
	}

	/**
	 * Publishes the samples and waits until all companions are up.
	 * @param environment settings of the portal, which listens by now
	 */
	void ready(Environment environment) {
		StandaloneProperties properties = properties(environment);
		log.info("  The portal answers on port " + environment.getProperty("server.port"));
		try {
			if (properties.samples().enabled()) {
				SampleRegistry registry = new SampleRegistry(
						environment.getRequiredProperty("pergola.registry-client.url", URI.class),
						environment.getRequiredProperty("pergola.registry.service-token"));
				Samples.publish(registry);
				ClaudeAgent.tell(registry, this.claude != null);
				this.samples.join().tell(registry);
			}
			this.samples.join();
		}
		catch (CompletionException ex) {
			throw new StartRefusedException("what runs beside the portal failed: " + ex.getCause(), ex);
		}
		catch (UncheckedIOException ex) {
			throw new StartRefusedException("the sample modules cannot be published: " + ex.getCause(), ex);
		}
		Welcome.say(properties);
	}

	private static StandaloneProperties properties(Environment environment) {
		return Binder.get(environment).bindOrCreate("pergola.standalone", StandaloneProperties.class);
	}

	private synchronized void add(AutoCloseable companion) {
		this.started.push(companion);
		if (this.closed) {
			close();
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		while (!this.started.isEmpty()) {
			try {
				this.started.pop().close();
			}
			catch (Exception ex) {
				log.warn("Stopping went wrong: " + ex);
			}
		}
	}

}
