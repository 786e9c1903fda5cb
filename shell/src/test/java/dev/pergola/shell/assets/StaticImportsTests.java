package dev.pergola.shell.assets;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StaticImportsTests {

	@Test
	void followsImportsAndExportsThatRunBeforeTheScript() {
		assertThat(of(Map.of("ui/define.js", """
				import { A } from "./index.js";
				import "../lib/lit.js";
				import {
				  long,
				} from "./parts/long.js";
				import "lit";
				""", "ui/index.js", "export * from \"./a.js\";", "ui/a.js", "", "ui/parts/long.js", "", "lib/lit.js",
				"", "ui/unused.js", "")))
			.containsExactlyInAnyOrder("ui/define.js", "ui/index.js", "ui/a.js", "ui/parts/long.js", "lib/lit.js");
	}

	@Test
	void leavesOutWhatIsAskedForLater() {
		assertThat(of(Map.of("ui/define.js", """
				export const open = () => import("./later.js");
				import("./later.js");
				""", "ui/later.js", ""))).containsExactly("ui/define.js");
	}

	@Test
	void endsInACircle() {
		assertThat(
				of(Map.of("ui/define.js", "import \"./a.js\";", "ui/a.js", "import \"./define.js\";", "ui/b.js", "")))
			.containsExactly("ui/define.js", "ui/a.js");
	}

	private static List<String> of(Map<String, String> files) {
		Assets assets = new Assets(files.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (file) -> file.getValue().getBytes(StandardCharsets.UTF_8))));
		return assets.withImports(assets.find("ui/define.js").orElseThrow()).stream().map(Asset::path).toList();
	}

}
