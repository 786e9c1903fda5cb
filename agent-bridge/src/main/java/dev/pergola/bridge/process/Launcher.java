package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import dev.pergola.bridge.gateway.ModelGateway;
import dev.pergola.bridge.gateway.ModelGateway.Pass;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.RunnerFormat;
import dev.pergola.bridge.runner.SandboxNetwork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs. The environment of each is an allow-list, its home is its own, and
 * whatever it starts ends with it, and with the bridge.
 */
public final class Launcher implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Launcher.class);

	private static final Pass NO_PASS = new Pass(Map.of(), () -> {
	});

	/**
	 * The kernel ends a program with the thread that started it, so there is one that
	 * stays.
	 */
	private final ExecutorService spawner = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("agent-spawn").factory());

	private final ProgramFile programs = new ProgramFile();

	private final Folders folders = new Folders();

	private final Path directory;

	private final @Nullable ModelGateway gateway;

	private final Fence fence;

	private final Confinement confinement;

	private final Trial trial;

	private final Leases leases;

	private final Homes homes;

	/**
	 * @param homes folder in which each program gets a private home
	 * @param cgroup folder of a control group that was left to the bridge
	 * @param gateway gives programs of Claude's format access to the model
	 * @throws IllegalStateException where that isolation is not allowed on this machine
	 */
	public Launcher(Path homes, Isolation isolation, @Nullable Path cgroup, @Nullable ModelGateway gateway) {
		this(homes, Fences.ofMachine(), Fences.ofMachine().find(isolation, cgroup), gateway);
	}

	Launcher(Path homes, Fences machine, Fence fence, @Nullable ModelGateway gateway) {
		this(homes, machine, fence, gateway,
				Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("agent-homes").factory()));
	}

	Launcher(Path homes, Fences machine, Fence fence, @Nullable ModelGateway gateway, ExecutorService deletions) {
		this.gateway = gateway;
		this.directory = real(homes);
		this.fence = fence;
		this.confinement = new Confinement(machine, this.directory, this.folders);
		this.trial = new Trial(this.directory, fence, this.confinement);
		this.leases = new Leases(this.directory, this.fence);
		this.homes = new Homes(this.leases, deletions);
		warnOfSecrets(Redaction.secrets(System.getenv()));
	}

	/**
	 * @param names variables of this process that are named like secrets
	 */
	private void warnOfSecrets(List<String> names) {
		if (!this.fence.hidesBridge() && (this.gateway != null || !names.isEmpty())) {
			logger.warn("programs run as the user of this process, whose environment they can read, secrets too: {}; "
					+ "allow namespaces of process ids here, or put a sandbox around programs", names);
		}
	}

	/**
	 * Says which runners ask for what this machine does not offer; their programs are not
	 * started.
	 */
	public void check(Map<String, Runner> runners) {
		runners.forEach((id, runner) -> {
			try {
				Files.createDirectories(this.directory);
				this.trial.check(runner.sandbox());
			}
			catch (IOException ex) {
				logger.error("programs of runner {} are not started: {}", id, ex.getMessage());
			}
			if (this.gateway != null && wantsPass(runner) && runner.sandbox().network() == SandboxNetwork.NONE) {
				logger.warn("programs of runner {} have no network, and so no way to the model gateway", id);
			}
		});
	}

	/**
	 * Ends what a bridge that was killed left running.
	 * @return number of processes found
	 */
	public int reap() {
		return this.leases.reap();
	}

	/**
	 * Starts the program of a runner.
	 * @param more variables beside those the runner names
	 * @throws IOException where the program is missing, may not be run or is not the one
	 * that is pinned, or a folder is missing
	 */
	public AgentProcess start(Runner runner, Map<String, String> more) throws IOException {
		Files.createDirectories(this.directory);
		this.trial.check(runner.sandbox());
		Path home = Files.createTempDirectory(this.directory, "run-");
		String mark = UUID.randomUUID().toString();
		Pass pass = pass(runner);
		Process process = null;
		Runnable release = () -> {
			pass.close();
			this.fence.release(mark);
			this.homes.leave(mark, home);
		};
		try {
			Map<String, String> environment = environment(runner, home, more, pass);
			Path program = this.programs.check(runner, environment);
			environment.put(ProcessTree.MARKER, mark);
			Path directory = directory(runner, home);
			this.leases.take(mark, home);
			this.fence.limit(mark, runner.sandbox());
			List<String> command = Stream
				.of(this.fence.prefix(mark), this.confinement.words(runner.sandbox(), home, directory),
						List.of(program.toAbsolutePath().toString()),
						runner.command().subList(1, runner.command().size()))
				.flatMap(List::stream)
				.toList();
			process = spawn(command, directory, environment);
			ProcessTree tree = this.fence.tree(process.toHandle(), mark, Confinement.wrappers(runner.sandbox()));
			return open(runner, process, tree, new Redaction(environment), home, directory, release);
		}
		catch (IOException | RuntimeException | Error ex) {
			if (process != null) {
				process.destroyForcibly();
				this.fence.kill(mark);
				ProcessTree.killMarked(mark);
			}
			release.run();
			if (ex instanceof UncheckedIOException unchecked) {
				throw unchecked.getCause();
			}
			throw ex;
		}
	}

	/** Programs that still run end with it; homes of others are deleted first. */
	@Override
	public void close() {
		this.homes.close();
		this.spawner.shutdownNow();
	}

	private static AgentProcess open(Runner runner, Process process, ProcessTree tree, Redaction redaction, Path home,
			Path directory, Runnable release) {
		OutputPump output = new OutputPump(process.getInputStream(), runner.outputLimit().toBytes());
		InputPipe input = new InputPipe(process.getOutputStream(), runner.waits().write());
		ProgramPipe io = new ProgramPipe(output, input, (int) runner.lineLimit().toBytes(), home, directory);
		return new AgentProcess(process, tree, redaction, output, io, release);
	}

	/** An operator who gives a key of their own needs none of ours. */
	private static boolean wantsPass(Runner runner) {
		return runner.format() == RunnerFormat.CLAUDE_STREAM_JSON
				&& !runner.environment().containsKey("ANTHROPIC_API_KEY");
	}

	private Pass pass(Runner runner) {
		return (this.gateway != null && wantsPass(runner)) ? this.gateway.issue() : NO_PASS;
	}

	private Process spawn(List<String> command, Path directory, Map<String, String> environment) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		try {
			return this.spawner.submit(builder::start).get();
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private Path directory(Runner runner, Path home) throws IOException {
		Path directory = runner.directory();
		if (directory == null) {
			return home.toRealPath();
		}
		Path real = this.folders.real(directory);
		if (!Files.isDirectory(real)) {
			throw new IOException("no folder %s".formatted(directory));
		}
		return real;
	}

	/** Without links: what is mounted there has to have one name. */
	private static Path real(Path homes) {
		try {
			return Files.createDirectories(homes).toRealPath();
		}
		catch (IOException ex) {
			// told when a program is to be started
			return homes.toAbsolutePath().normalize();
		}
	}

	private static Map<String, String> environment(Runner runner, Path home, Map<String, String> more, Pass pass)
			throws IOException {
		Map<String, String> environment = new HashMap<>(Map.of("PATH",
				System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"), "HOME", home.toString(), "TMPDIR",
				Files.createDirectory(home.resolve("tmp")).toString(), "LANG", "C.UTF-8", "PYTHONUNBUFFERED", "1"));
		environment.putAll(more);
		environment.putAll(pass.environment());
		environment.putAll(runner.environment());
		return environment;
	}

}
