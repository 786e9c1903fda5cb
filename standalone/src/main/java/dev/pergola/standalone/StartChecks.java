package dev.pergola.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.core.env.Environment;

/**
 * What must be so before anything starts: free ports and a directory that can be written.
 *
 * @param ports port numbers by what listens there, with the setting that changes it
 * @param directory directory of all data
 */
record StartChecks(Map<Port, String> ports, Path directory) {

	/**
	 * A port something will listen on.
	 *
	 * @param number port number; 0 for any
	 * @param setting setting that changes it
	 */
	record Port(int number, String setting) {

	}

	private static final long ROOM = 64L * 1024 * 1024;

	static StartChecks of(Environment environment, StandaloneProperties properties) {
		Map<Port, String> ports = new LinkedHashMap<>();
		ports.put(new Port(environment.getProperty("server.port", Integer.class, 8080), "server.port"), "the portal");
		ports.put(new Port(environment.getProperty("management.server.port", Integer.class, 8081),
				"management.server.port"), "management");
		if (properties.identity().enabled()) {
			ports.put(new Port(properties.identity().port(), "pergola.standalone.identity.port"),
					"the demo identity provider");
		}
		if (properties.samples().enabled()) {
			properties.samples()
				.ports()
				.forEach((sample, port) -> ports.put(new Port(port, "pergola.standalone.samples.ports." + sample),
						"the sample " + sample));
		}
		return new StartChecks(ports, properties.directory());
	}

	void run() {
		this.ports.forEach(StartChecks::checkPort);
		checkDirectory();
	}

	private static void checkPort(Port port, String purpose) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
		}
		catch (IOException ex) {
			throw new StartRefusedException(
					"port %d, meant for %s, is taken; stop what listens there or choose another port with --%s=…"
						.formatted(port.number(), purpose, port.setting()),
					ex);
		}
	}

	private void checkDirectory() {
		Path absolute = this.directory.toAbsolutePath().normalize();
		try {
			Files.createDirectories(absolute);
			Path probe = Files.createTempFile(absolute, "start", ".probe");
			try {
				Files.write(probe, new byte[4096]);
			}
			finally {
				Files.deleteIfExists(probe);
			}
			if (Files.getFileStore(absolute).getUsableSpace() < ROOM) {
				throw new IOException("less than 64 MiB free");
			}
		}
		catch (IOException ex) {
			throw new StartRefusedException(
					"the data directory %s cannot be written (%s); make room there or choose another with --pergola.standalone.directory=…"
						.formatted(absolute, reason(ex)),
					ex);
		}
	}

	private static String reason(IOException ex) {
		String message = ex.getMessage();
		return (message != null) ? ex.getClass().getSimpleName() + ": " + message : ex.getClass().getSimpleName();
	}

}
