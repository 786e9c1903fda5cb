package dev.pergola.bench;

import java.util.List;

/** A service of its own, with the memory its container has. */
public enum Service {

	/** Manifests, bundles and the catalog. */
	REGISTRY("registry", "mfe-registry", 512),
	/** Programs that are agents. */
	BRIDGE("agent-bridge", "agent-bridge", 512),
	/** Pages. */
	SHELL("shell", "shell", 512),
	/** The edge. */
	BFF("bff", "bff", 768);

	/** Of the container's memory, as {@code deploy/Dockerfile} says. */
	private static final double HEAP_SHARE = Integer.getInteger("bench.heapPercent", 50) / 100.0;

	private final String label;

	private final String folder;

	private final int containerMib;

	Service(String label, String folder, int containerMib) {
		this.label = label;
		this.folder = folder;
		this.containerMib = containerMib;
	}

	public String label() {
		return this.label;
	}

	/** Folder of its Maven module. */
	public String folder() {
		return this.folder;
	}

	/** What Java takes for itself in such a container, on a machine of any size. */
	public List<String> options() {
		return List.of("-XX:MaxRAM=" + this.containerMib + "m", "-Xmx" + (int) (this.containerMib * HEAP_SHARE) + "m",
				"-XX:InitialRAMPercentage=1.5625", "-XX:+UseSerialGC");
	}

}
