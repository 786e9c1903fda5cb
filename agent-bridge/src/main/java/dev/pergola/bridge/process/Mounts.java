package dev.pergola.bridge.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a program in bubblewrap finds in place of parts of the machine's files. Of two
 * places the deeper one counts, as it is mounted later; of one place the last word.
 */
final class Mounts {

	private static final String EMPTY_FOLDER = "--tmpfs";

	private static final String READ = "--ro-bind";

	private static final String WRITE = "--bind";

	private final Map<Path, Mount> byPlace = new TreeMap<>(
			Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()));

	/** Lets a folder be empty, and a file not be read. */
	void hide(Path place) {
		put(Files.isDirectory(place) ? new Mount(EMPTY_FOLDER, List.of(), place)
				: new Mount(READ, List.of(Path.of("/dev/null")), place));
	}

	/** Puts something that may be written in that place. */
	void write(Path source, Path place) {
		put(new Mount(WRITE, List.of(source), place));
	}

	/** Lets what is there be seen, to be read, where it is not seen already. */
	void read(Path place) {
		boolean seen = this.byPlace.values()
			.stream()
			.filter((mount) -> place.startsWith(mount.place()))
			.reduce((upper, deeper) -> deeper)
			.map(Mount::isMachine)
			.orElse(true);
		if (!seen) {
			put(new Mount(READ, List.of(place), place));
		}
	}

	/**
	 * Words of bubblewrap. Empty folders stay empty: they would be filled from memory.
	 */
	List<String> words() {
		return Stream
			.concat(this.byPlace.values().stream().flatMap(Mount::words),
					this.byPlace.values()
						.stream()
						.filter((mount) -> mount.option().equals(EMPTY_FOLDER))
						.flatMap((mount) -> Stream.of("--remount-ro", mount.place().toString())))
			.toList();
	}

	private void put(Mount mount) {
		this.byPlace.put(mount.place(), mount);
	}

	/** One thing in one place. */
	private record Mount(String option, List<Path> source, Path place) {

		/** Whether there is what the machine has there. */
		boolean isMachine() {
			return this.source.contains(this.place);
		}

		Stream<String> words() {
			return Stream
				.of(Stream.of(this.option), this.source.stream().map(Path::toString), Stream.of(this.place.toString()))
				.flatMap((words) -> words);
		}

	}

}
