package dev.pergola.standalone.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.pergola.samples.deals.DealsApplication;
import dev.pergola.samples.organizations.OrganizationsApplication;
import dev.pergola.samples.partnerships.PartnershipsApplication;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.io.Resource;

/**
 * The running services of the sample modules. One that cannot start leaves the others
 * alone.
 */
public final class Samples implements AutoCloseable {

	private static final List<String> MODULES = List.of("partnerships", "deals", "people", "organizations");

	private static final Log log = LogFactory.getLog(Samples.class);

	private final Path directory;

	private final List<Sample> all;

	private final List<AutoCloseable> running = new ArrayList<>();

	private final Map<String, String> unavailable = new ConcurrentHashMap<>();

	private boolean closed;

	/**
	 * Creates the samples without starting any.
	 * @param directory folder of all data
	 */
	public Samples(Path directory) {
		this.directory = directory;
		this.all = List.of(new Sample("partnerships", (place) -> PartnershipsApplication.start(place.settings())),
				new Sample("deals", (place) -> DealsApplication.start(place.settings())),
				new Sample("organizations", (place) -> OrganizationsApplication.start(place.settings())),
				new Sample("people", this::startPeople));
	}

	/**
	 * Starts the services one after another.
	 * @param ports ports by module
	 * @param issuer issuer of access tokens
	 */
	public void start(Map<String, Integer> ports, String issuer) {
		SampleFiles.unpack("samples/people/", this.directory.resolve("programs/people"));
		SampleFiles.unpack("samples/agents/", this.directory.resolve("programs/agents"));
		for (Sample sample : this.all) {
			Sample.Place place = new Sample.Place(ports.getOrDefault(sample.name(), 0), issuer,
					this.directory.resolve("samples").resolve(sample.name()));
			try {
				add(sample.service().start(place));
				log.info("  " + sample.title() + " answers on port " + place.port());
			}
			catch (Exception ex) {
				String reason = (ex instanceof UnavailableException) ? String.valueOf(ex.getMessage())
						: "Its service did not start.";
				log.warn("  " + sample.title() + " is unavailable: "
						+ ((ex instanceof UnavailableException) ? reason : ex.toString()));
				this.unavailable.put(sample.name(), reason);
			}
		}
	}

	/**
	 * Publishes the modules, whether or not their services run already.
	 * @param registry the registry
	 */
	public static void publish(SampleRegistry registry) {
		for (String module : MODULES) {
			Map<String, Resource> files = SampleFiles.below("samples/" + module + "/module/");
			if (!files.isEmpty()) {
				registry.publish(module, files);
			}
		}
	}

	/**
	 * Switches modules off whose service cannot run here, and on again those that can.
	 * @param registry the registry
	 */
	public void tell(SampleRegistry registry) {
		Map<String, String> reasons = new LinkedHashMap<>(this.unavailable);
		this.all.forEach((sample) -> registry.setAvailable(sample.name(), reasons.get(sample.name())));
	}

	private AutoCloseable startPeople(Sample.Place place) throws Exception {
		return PythonPrograms.start(this.directory.resolve("programs/people/people.py"), place);
	}

	private synchronized void add(AutoCloseable service) throws Exception {
		if (this.closed) {
			service.close();
			return;
		}
		this.running.add(service);
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		for (AutoCloseable service : this.running.reversed()) {
			try {
				service.close();
			}
			catch (Exception ex) {
				log.warn("Stopping a sample went wrong: " + ex);
			}
		}
		this.running.clear();
	}

}
