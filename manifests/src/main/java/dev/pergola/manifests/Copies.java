package dev.pergola.manifests;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Unmodifiable copies that keep the order; what JSON left out becomes empty. */
final class Copies {

	private Copies() {
	}

	static <T> List<T> of(@Nullable List<T> list) {
		return (list != null) ? List.copyOf(list) : List.of();
	}

	static <V> Map<String, V> of(@Nullable Map<String, V> map) {
		return (map != null && !map.isEmpty()) ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : Map.of();
	}

}
