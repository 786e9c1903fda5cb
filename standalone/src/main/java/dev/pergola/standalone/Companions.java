package dev.pergola.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.pergola.standalone.identity.IdentityProvider;
import dev.pergola.standalone.identity.IdentitySettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/**
 * What runs beside the portal's context: started as soon as the settings are known, while
 * the portal itself still starts, and stopped with it.
 */
class Companions implements GenericApplicationListener, AutoCloseable {

	private static final Log log = LogFactory.getLog(Companions.class);

	private final Deque<AutoCloseable> started = new ArrayDeque<>();

	private @Nullable CompletableFuture<Void> identity;

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
		if (event instanceof ContextClosedEvent closed && closed.getApplicationContext().getParent() == null) {
			close();
		}
	}

	private void prepare(ConfigurableEnvironment environment) {
		log.info("Pergola starts");
		StandaloneProperties properties = Binder.get(environment)
			.bindOrCreate("pergola.standalone", StandaloneProperties.class);
		StartChecks.of(environment, properties).run();
		GeneratedSecrets secrets = GeneratedSecrets.addTo(environment);
		if (properties.identity().enabled()) {
			if (!environment.acceptsProfiles(Profiles.of("demo"))) {
				throw new StartRefusedException("the demo identity provider runs in the profile \"demo\" only; set "
						+ "pergola.standalone.identity.enabled=false and spring.security.oauth2.client.* of your own.");
			}
			IdentitySettings settings = new IdentitySettings(properties.identity().address(),
					properties.identity().port(), properties.directory(), properties.publicOrigin(),
					secrets.clientSecret(), secrets.publisherSecret());
			this.identity = CompletableFuture.runAsync(() -> add(IdentityProvider.start(settings)),
					(task) -> Thread.ofPlatform().name("identity-start").start(task));
		}
	}

	/**
	 * Waits until all companions are up.
	 */
	void ready() {
		try {
			if (this.identity != null) {
				this.identity.join();
			}
		}
		catch (CompletionException ex) {
			throw new StartRefusedException("the demo identity provider failed: " + ex.getCause(), ex);
		}
	}

	private synchronized void add(AutoCloseable companion) {
		this.started.push(companion);
	}

	@Override
	public synchronized void close() {
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
