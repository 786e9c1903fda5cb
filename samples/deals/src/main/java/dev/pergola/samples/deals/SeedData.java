package dev.pergola.samples.deals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a new database holds. Days are moved so that the file's {@code asOf} is the first
 * of this month: a demonstration is never out of date.
 */
final class SeedData {

	private static final String FILE = "/samples/deals/deals.json";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private SeedData() {
	}

	static List<Deal> today() {
		return of(LocalDate.now(ZoneId.systemDefault()).withDayOfMonth(1));
	}

	static List<Deal> of(LocalDate asOf) {
		try (InputStream json = Objects.requireNonNull(SeedData.class.getResourceAsStream(FILE), FILE)) {
			File file = MAPPER.readValue(json, File.class);
			long days = ChronoUnit.DAYS.between(file.asOf(), asOf);
			return file.items().stream().map((item) -> item.shifted(days)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record File(LocalDate asOf, List<Deal> items) {

	}

}
