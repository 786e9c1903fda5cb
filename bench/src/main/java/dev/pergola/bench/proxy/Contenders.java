package dev.pergola.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service behind all contenders, and the web servers among them, where they are
 * installed.
 */
public final class Contenders implements AutoCloseable {

	private final List<AutoCloseable> running = new ArrayList<>();

	private final Map<String, String> urls = new LinkedHashMap<>();

	private final Path folder;

	/**
	 * Contenders that are not started yet.
	 * @param folder gets their settings and what they print
	 */
	public Contenders(Path folder) {
		this.folder = folder;
	}

	/** Address of each web server that runs, by its name. */
	Map<String, String> urls() {
		return this.urls;
	}

	/**
	 * Starts the service: nginx, which costs least, or a Java one.
	 * @return its address
	 */
	String startService(int port) throws IOException {
		Optional<Path> nginx = Program.find("nginx");
		if (nginx.isEmpty()) {
			DelayedService service = new DelayedService();
			this.running.add(service);
			return service.url();
		}
		String body = "{\"id\":\"d-1\",\"note\":\"" + "x".repeat(480) + "\"}";
		nginx(nginx.get(), "service", """
				server { listen 127.0.0.1:%d; location / { default_type application/json; return 200 '%s'; } }
				""".formatted(port, body));
		return "http://localhost:" + port;
	}

	/** Starts nginx and haproxy in front of the service. */
	void startProxies(int service, int nginxPort, int haproxyPort) throws IOException {
		Optional<Path> nginx = Program.find("nginx");
		if (nginx.isPresent()) {
			nginx(nginx.get(), "proxy", """
					upstream service { server 127.0.0.1:%d; keepalive 64; keepalive_requests 1000000000; }
					server { listen 127.0.0.1:%d; location /api/deals/ {
					  proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://service/; } }
					""".formatted(service, nginxPort));
			this.urls.put("nginx", "http://127.0.0.1:%d/api/deals/deals/d-1".formatted(nginxPort));
		}
		Optional<Path> haproxy = Program.find("haproxy");
		if (haproxy.isPresent()) {
			Path config = this.folder.resolve("haproxy.cfg");
			Files.writeString(config, """
					defaults
					  mode http
					  timeout connect 1s
					  timeout client 60s
					  timeout server 60s
					frontend portal
					  bind 127.0.0.1:%d
					  default_backend service
					backend service
					  http-request replace-path /api/deals(.*) \\1
					  server one 127.0.0.1:%d
					""".formatted(haproxyPort, service));
			this.running.add(Program.start(List.of(haproxy.get().toString(), "-f", config.toString(), "-db"),
					this.folder.resolve("haproxy.log")));
			this.urls.put("haproxy", "http://127.0.0.1:%d/api/deals/deals/d-1".formatted(haproxyPort));
		}
	}

	/**
	 * Starts nginx in front of a service that streams: what one more process on the way
	 * costs at least.
	 * @return its address, empty where it is not installed
	 */
	public Optional<String> startStreamProxy(int service, int port) throws IOException {
		Optional<Path> nginx = Program.find("nginx");
		if (nginx.isPresent()) {
			nginx(nginx.get(), "streams", """
					server { listen 127.0.0.1:%d; location / { proxy_http_version 1.1; proxy_set_header Connection "";
					  proxy_buffering off; proxy_read_timeout 1h; proxy_pass http://127.0.0.1:%d; } }
					""".formatted(port, service));
		}
		return nginx.map((program) -> "http://127.0.0.1:" + port);
	}

	private void nginx(Path program, String name, String servers) throws IOException {
		Path home = Files.createDirectories(this.folder.resolve("nginx-" + name));
		Path config = home.resolve("nginx.conf");
		Files.writeString(config, """
				worker_processes auto; pid %1$s/nginx.pid; daemon off;
				events { worker_connections 4096; }
				http { access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
				%2$s }
				""".formatted(home, servers));
		this.running.add(Program.start(List.of(program.toString(), "-p", home.toString(), "-e",
				home.resolve("error.log").toString(), "-c", config.toString()), home.resolve("out.log")));
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable each : this.running) {
			each.close();
		}
	}

}
